package dev.pgbraid.proxy.net;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Notices certificate files that change, until it is closed.
public final class CertificateWatch implements AutoCloseable {
    private static final int PERIOD_SECONDS = 1;

    private final CountDownLatch closed = new CountDownLatch(1);

    public CertificateWatch(Tls tls) {
        Thread.ofVirtual().name("certificates").start(() -> watch(tls));
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void watch(Tls tls) {
        try {
            while (!closed.await(PERIOD_SECONDS, TimeUnit.SECONDS)) {
                tls.refresh();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
