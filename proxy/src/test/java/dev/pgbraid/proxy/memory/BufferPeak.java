package dev.pgbraid.proxy.memory;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Watches how much memory the buffers of this process take, from its making to its closing.
final class BufferPeak implements AutoCloseable {
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final ByteBufAllocatorMetric BUFFERS =
            ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();

    private final long before = used();
    private final AtomicLong peak = new AtomicLong(before);
    private final Thread watching =
            Thread.ofPlatform().daemon().name("buffer-peak").start(this::watch);

    /// By how much the most that was taken so far is above what was taken at first.
    long growthBytes() {
        peak.accumulateAndGet(used(), Math::max);
        return peak.get() - before;
    }

    private void watch() {
        while (!Thread.interrupted()) {
            peak.accumulateAndGet(used(), Math::max);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    @Override
    public void close() {
        watching.interrupt();
    }

    private static long used() {
        return BUFFERS.usedDirectMemory() + BUFFERS.usedHeapMemory();
    }
}
