package dev.pgbraid.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final InetAddress GUESSER = InetAddress.ofLiteral("10.0.0.1");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final Throttle throttle = new Throttle(3, clock::get);

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(InetAddress.ofLiteral(address));
        }
    }

    @Test
    void anAddressWithTooManyFailuresWaitsForTheRestOfTheMinute() {
        fail("10.0.0.1", 2);
        assertThat(throttle.admits(GUESSER)).isTrue();
        fail("10.0.0.1", 1);
        assertThat(throttle.admits(GUESSER)).isFalse();
        assertThat(throttle.admits(InetAddress.ofLiteral("10.0.0.2"))).isTrue();

        clock.addAndGet(Throttle.WINDOW.toNanos() - 1);
        assertThat(throttle.admits(GUESSER)).isFalse();
        clock.addAndGet(1);
        assertThat(throttle.admits(GUESSER)).isTrue();
        fail("10.0.0.1", 1);
        assertThat(throttle.admits(GUESSER)).as("counted anew").isTrue();
    }

    @Test
    void aNetworkOfIpv6IsOneOrigin() {
        fail("2001:db8:0:1::1", 2);
        fail("2001:db8:0:1:ffff::2", 1);

        assertThat(throttle.admits(InetAddress.ofLiteral("2001:db8:0:1::3"))).isFalse();
        assertThat(throttle.admits(InetAddress.ofLiteral("2001:db8:0:2::1"))).isTrue();
    }

    @Test
    void addressesWithoutEndDoNotFillTheMemory() {
        for (int i = 0; i < Throttle.ORIGINS_MAX; i++) {
            fail("10.0." + i / 250 + "." + i % 250, 1);
        }
        fail("10.1.0.1", 3);
        assertThat(throttle.origins()).isEqualTo(Throttle.ORIGINS_MAX);

        clock.addAndGet(Throttle.WINDOW.toNanos());
        fail("10.1.0.1", 3);
        assertThat(throttle.origins()).isEqualTo(1);
        assertThat(throttle.admits(InetAddress.ofLiteral("10.1.0.1"))).isFalse();
    }
}
