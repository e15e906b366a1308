package dev.pgbraid.proxy.testing;

import dev.pgbraid.proxy.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A proxy in a process of its own, as `serve` runs it. Closing it kills what still runs.
public final class ServeProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;
    private static final Pattern PORT = Pattern.compile("listening .*port=(\\d+)");

    private final Process process;
    private final Path log;
    private final int port;

    private ServeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        Eventually.isTrue("the proxy listens", () -> port(log()) > 0 || !process.isAlive());
        this.port = port(log());
        if (port == 0) {
            throw new IllegalStateException(log());
        }
    }

    /// Starts `serve` and returns when it listens.
    ///
    /// @param file the configuration; what the process prints goes into a file beside it
    public static ServeProcess start(Path file) {
        Path log = file.resolveSibling("log");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = List.of(
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                file.toString());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new ServeProcess(process, log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public int port() {
        return port;
    }

    /// What it has printed.
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Returns when it has printed `words` as often as that.
    public void awaitLog(String words, int times) {
        Eventually.isTrue(
                times + " times in the log: " + words, () -> log().split(Pattern.quote(words), -1).length > times);
    }

    /// Sends a signal.
    ///
    /// @param name such as `HUP`
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// The exit status, when it has ended.
    public int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the proxy still runs:\n" + log());
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static int port(String log) {
        Matcher listening = PORT.matcher(log);
        return listening.find() ? Integer.parseInt(listening.group(1)) : 0;
    }
}
