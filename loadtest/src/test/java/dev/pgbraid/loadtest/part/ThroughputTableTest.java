package dev.pgbraid.loadtest.part;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.loadtest.contender.Contender;
import dev.pgbraid.loadtest.load.LoadResult;
import dev.pgbraid.loadtest.load.Mode;
import dev.pgbraid.loadtest.report.Aim;
import dev.pgbraid.loadtest.report.Section;
import dev.pgbraid.loadtest.report.Value;
import dev.pgbraid.loadtest.wire.Endpoint;
import dev.pgbraid.loadtest.wire.Login;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ThroughputTableTest {
    private static final ThroughputPlan PLAN =
            new ThroughputPlan("throughput", "Relay", List.of(16), List.of(Mode.PREPARED), 1, 1, 1, "0", true);

    @Test
    void holdsPgbraidAgainstPgBouncer() {
        Section section = ThroughputTable.section(
                PLAN,
                List.of(comparison(16, series("pgbouncer", 20_000), series("pgbraid", 15_000))),
                Optional.of("io_uring"));

        assertThat(section.aims())
                .containsExactly(new Aim("CPU per transaction against PgBouncer, 16 clients, prepared", 0.75, 0.8, 2));
    }

    @Test
    void allowsMoreWithoutIoUring() {
        Section section = ThroughputTable.section(
                PLAN,
                List.of(comparison(16, series("pgbouncer", 20_000), series("pgbraid", 15_000))),
                Optional.of("epoll"));

        assertThat(section.aims()).extracting(Aim::limit).containsExactly(1.0);
    }

    @Test
    void hasNoAimForOneClientAndNoneWithoutPgBouncer() {
        Section section = ThroughputTable.section(
                PLAN,
                List.of(
                        comparison(1, series("pgbouncer", 20_000), series("pgbraid", 15_000)),
                        comparison(16, series("pgbraid", 15_000))),
                Optional.of("io_uring"));

        assertThat(section.aims()).isEmpty();
        assertThat(section.rows().getLast().get(6)).isEqualTo(Value.missing());
    }

    private static Comparison comparison(int clients, Series... series) {
        return new Comparison(Mode.PREPARED, clients, List.of(series));
    }

    private static Series series(String name, long cpuNanosPerTransaction) {
        Endpoint endpoint = new Endpoint("127.0.0.1", 1, "db", Login.of("user", ""));
        Contender contender = new Contender(name, endpoint, OptionalLong.of(1), EnumSet.allOf(Mode.class));
        Series series = new Series(contender, new Trial(new LoadResult(0, 0), 0, 0));
        series.addRound(new Trial(new LoadResult(1000, 1000), 1000 * cpuNanosPerTransaction, 0));
        return series;
    }
}
