package dev.pgbraid.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.loadtest.BenchmarkException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    private Path directory;

    @Test
    void endsWhatItHasStarted() throws IOException {
        Optional<ProcessHandle> started;
        try (ChildProcess process = ChildProcess.start(List.of("sleep", "1000"), directory)) {
            process.requireAlive();
            started = ProcessHandle.of(process.pid());
            assertThat(started).isPresent();
        }

        assertThat(started.filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void tellsWhatAProgramPrintedBeforeItEnded() throws IOException {
        List<String> command = List.of("sh", "-c", "echo out of luck; exit 3");
        try (ChildProcess process = ChildProcess.start(command, directory)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            process.requireAlive();
                            Thread.onSpinWait();
                        }
                    })
                    .isInstanceOf(BenchmarkException.class)
                    .hasMessageContaining("out of luck");
        }
    }
}
