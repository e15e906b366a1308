package dev.pgbraid.proxy.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Slows down who guesses passwords: an address from which many logins have failed has to wait. Shared by all event
/// loops.
public final class Throttle {
    static final int ORIGINS_MAX = 10_000;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int NETWORK_BYTES = 8;

    private final int failuresMax;
    private final LongSupplier nanoTime;
    private final Map<InetAddress, Failures> failures = new ConcurrentHashMap<>();

    private record Failures(long since, int count) {}

    public Throttle(int failuresMax) {
        this(failuresMax, System::nanoTime);
    }

    Throttle(int failuresMax, LongSupplier nanoTime) {
        this.failuresMax = failuresMax;
        this.nanoTime = nanoTime;
    }

    /// Whether logins from there are heard.
    public boolean admits(InetAddress address) {
        Failures found = failures.get(origin(address));
        return found == null || found.count < failuresMax || isOver(found);
    }

    /// A login from there has failed.
    public void failed(InetAddress address) {
        if (failures.size() >= ORIGINS_MAX) {
            failures.values().removeIf(this::isOver);
        }
        if (failures.size() < ORIGINS_MAX) {
            failures.merge(
                    origin(address),
                    new Failures(nanoTime.getAsLong(), 1),
                    (earlier, first) -> isOver(earlier) ? first : new Failures(earlier.since, earlier.count + 1));
        }
    }

    int origins() {
        return failures.size();
    }

    private boolean isOver(Failures found) {
        return nanoTime.getAsLong() - found.since >= WINDOW.toNanos();
    }

    /// Of IPv6 everybody has a whole network of addresses.
    private static InetAddress origin(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
