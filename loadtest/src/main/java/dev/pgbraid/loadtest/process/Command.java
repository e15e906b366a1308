package dev.pgbraid.loadtest.process;

import dev.pgbraid.loadtest.BenchmarkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a program to its end and returns what it printed.
public final class Command {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Command() {}

    public static String run(List<String> command) throws InterruptedException {
        return run(command, Map.of());
    }

    /// Runs a program and waits for it.
    ///
    /// @param environment variables for the program beside those that this process has
    /// @throws BenchmarkException when the program cannot start, fails, or does not end
    public static String run(List<String> command, Map<String, String> environment) throws InterruptedException {
        try {
            Path output = Files.createTempFile("pgbraid-bench-", ".out");
            try {
                return run(command, environment, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException failed) {
            throw new BenchmarkException(command.getFirst() + " cannot be run: " + failed.getMessage(), failed);
        }
    }

    private static String run(List<String> command, Map<String, String> environment, Path output)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BenchmarkException(
                        command.getFirst() + " was not done after " + LIMIT.toSeconds() + " s:\n" + read(output));
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new BenchmarkException(String.join(" ", command) + " failed:\n" + read(output));
        }
        return read(output);
    }

    private static String read(Path output) {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
