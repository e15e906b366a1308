package dev.pgbraid.loadtest.process;

import dev.pgbraid.loadtest.BenchmarkException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/// A program to run to its end.
///
/// @param environment variables for the program beside those that this process has
/// @param directory where the program runs
/// @param limit how long it may take
public record Command(List<String> words, Map<String, String> environment, Path directory, Duration limit) {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /// How a program ended, and what it printed.
    ///
    /// @param status empty when it was not done in time and was killed
    public record Ending(OptionalInt status, String output) {

        public boolean isSuccess() {
            return status.orElse(-1) == 0;
        }
    }

    public static String run(List<String> words) throws InterruptedException {
        return run(words, Map.of());
    }

    /// Runs a program and returns what it printed.
    ///
    /// @param environment variables for the program beside those that this process has
    /// @throws BenchmarkException when the program cannot start, fails, or does not end
    public static String run(List<String> words, Map<String, String> environment) throws InterruptedException {
        Ending ending = new Command(words, environment, Path.of("").toAbsolutePath(), LIMIT).execute();
        if (ending.status().isEmpty()) {
            throw new BenchmarkException(
                    words.getFirst() + " was not done after " + LIMIT.toSeconds() + " s:\n" + ending.output());
        }
        if (!ending.isSuccess()) {
            throw new BenchmarkException(String.join(" ", words) + " failed:\n" + ending.output());
        }
        return ending.output();
    }

    /// Runs the program and waits for it; whatever it has started does not outlive it.
    ///
    /// @throws BenchmarkException when the program cannot start
    public Ending execute() throws InterruptedException {
        try {
            Path output = Files.createTempFile("pgbraid-bench-", ".out");
            try {
                OptionalInt status = execute(output.toFile());
                return new Ending(status, new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException failed) {
            throw new BenchmarkException(words.getFirst() + " cannot be run: " + failed.getMessage(), failed);
        }
    }

    private OptionalInt execute(File output) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            boolean isDone = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            return isDone ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
