package dev.pgbraid.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.loadtest.BenchmarkException;
import org.junit.jupiter.api.Test;

class LoadResultTest {
    private static final String SUMMARY = """
        pgbench (15.18 (Debian 15.18-0+deb12u1), server 18.6)
        transaction type: <builtin: select only>
        number of clients: 2
        number of transactions actually processed: 31240/40000
        number of failed transactions: 0 (0.000%)
        latency average = 0.939 ms
        initial connection time = 17.359 ms
        tps = 2130.606157 (without initial connection time)
        """;

    @Test
    void readsTheSummaryOfPgbench() {
        assertThat(LoadResult.parse(SUMMARY)).isEqualTo(new LoadResult(31_240, 2130.606157));
    }

    @Test
    void readsTheSummaryOfOurOwnGenerator() {
        LoadResult result = new LoadResult(12, 3.5);

        assertThat(LoadResult.parse(result.summary())).isEqualTo(result);
    }

    @Test
    void failedTransactionsAreNoResult() {
        String failed = SUMMARY.replace("failed transactions: 0 (0.000%)", "failed transactions: 7 (0.010%)");

        assertThatThrownBy(() -> LoadResult.parse(failed))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageStartingWith("7 transactions failed");
    }

    @Test
    void anOutputWithoutASummaryIsShown() {
        assertThatThrownBy(() -> LoadResult.parse("pgbench: error: connection refused"))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining("connection refused");
    }
}
