package dev.pgbraid.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionLogTest {
    @TempDir
    private Path directory;

    @Test
    void readsWhatPgbenchWrites() throws IOException {
        Files.writeString(directory.resolve("log.17"), """
            0 1 300 0 1700000000 000100
            1 1 100 0 1700000000 500000
            0 2 200 0 1700000001 500000
            """);
        Files.writeString(directory.resolve("log.17.1"), "0 1 400 0 1700000002 000100\n");

        TransactionLog log = TransactionLog.read(directory);

        assertThat(log.percentile(50)).isEqualTo(0.2);
        assertThat(log.percentile(99)).isEqualTo(0.4);
        assertThat(log.perClient()).containsExactly(1, 1, 2);
        assertThat(log.transactionsPerSecond()).isEqualTo(2);
        assertThat(log.after(1).entries())
                .extracting(TransactionLog.Entry::micros)
                .containsExactlyInAnyOrder(200L, 400L);
    }

    @Test
    void writesWhatItReads() throws IOException {
        Path file = directory.resolve("log.1");
        Files.writeString(file, "0 1 300 0 1700000000 000100\n1 1 100 0 1700000000 500000\n");

        TransactionLog.read(directory).write(directory.resolve("log.2"));

        assertThat(directory.resolve("log.2"))
                .content()
                .isEqualTo("log.1:" + "0 1 300 0 1700000000 000100\n" + "log.1:1 1 100 0 1700000000 500000\n");
    }
}
