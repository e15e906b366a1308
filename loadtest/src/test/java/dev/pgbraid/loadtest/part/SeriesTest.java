package dev.pgbraid.loadtest.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.loadtest.contender.Contender;
import dev.pgbraid.loadtest.load.LoadResult;
import dev.pgbraid.loadtest.load.Mode;
import dev.pgbraid.loadtest.measure.Spread;
import dev.pgbraid.loadtest.wire.Endpoint;
import dev.pgbraid.loadtest.wire.Login;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final Contender CONTENDER = new Contender(
            "any", new Endpoint("127.0.0.1", 1, "db", Login.of("user", "")), OptionalLong.of(1), Set.of(Mode.SIMPLE));

    @Test
    void takesOffWhatConnectingCosts() {
        Series series = series(trial(10, 100_000, 0), trial(1_010, 10_100_000, 0));

        assertThat(series.cpuMicros()).isEqualTo(new Spread(10, 10, 10));
    }

    @Test
    void comparesRoundByRound() {
        Series slow = series(trial(0, 0, 0), trial(100, 2_000_000, 50), trial(100, 4_000_000, 40));
        Series fast = series(trial(0, 0, 0), trial(100, 1_000_000, 100), trial(100, 1_000_000, 50));

        assertThat(slow.cpuRatio(fast)).isEqualTo(new Spread(3, 2, 4));
        assertThat(slow.throughputRatio(fast)).isEqualTo(new Spread(0.65, 0.5, 0.8));
    }

    private static Series series(Trial logins, Trial... rounds) {
        Series series = new Series(CONTENDER, logins);
        for (Trial round : rounds) {
            series.addRound(round);
        }
        return series;
    }

    private static Trial trial(long transactions, long cpuNanos, double perSecond) {
        return new Trial(new LoadResult(transactions, perSecond), cpuNanos, 0);
    }
}
