package dev.pgbraid.loadtest.process;

import dev.pgbraid.loadtest.BenchmarkException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server that runs until it is closed or this JVM ends, in whatever way it ends.
public final class ChildProcess implements AutoCloseable {
    /// Standard input is the life line: its end means that the JVM is gone, even by kill -9. Signals of the terminal go
    /// to the whole group, and would end the server before those who use it.
    private static final String SUPERVISOR = """
        trap '' INT
        directory=$1
        shift
        exec 3<&0
        "$@" 3<&- </dev/null >"$directory/log" 2>&1 &
        child=$!
        ( read -r _ <&3; kill -TERM "$child"; rm -rf "$directory" ) >/dev/null 2>&1 &
        watcher=$!
        echo "$child"
        exec 3<&-
        wait "$child"
        kill "$watcher"
        """;
    private static final int END_SECONDS_MAX = 15;

    private final Process supervisor;
    private final long pid;
    private final Path log;

    private ChildProcess(Process supervisor, long pid, Path log) {
        this.supervisor = supervisor;
        this.pid = pid;
        this.log = log;
    }

    /// Starts a program.
    ///
    /// @param directory gets what the program prints, and does not outlive this JVM either
    public static ChildProcess start(List<String> command, Path directory) throws IOException {
        List<String> supervised = new ArrayList<>(List.of("/bin/sh", "-c", SUPERVISOR, "sh", directory.toString()));
        supervised.addAll(command);
        Process supervisor = new ProcessBuilder(supervised)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader output = supervisor.inputReader(StandardCharsets.UTF_8);
        return new ChildProcess(supervisor, Long.parseLong(output.readLine()), directory.resolve("log"));
    }

    public long pid() {
        return pid;
    }

    /// The file with what the program prints.
    public Path log() {
        return log;
    }

    /// Checks that the program still runs.
    ///
    /// @throws BenchmarkException when it has ended; the message has what it printed
    public void requireAlive() throws IOException {
        if (!supervisor.isAlive()) {
            throw new BenchmarkException("a server has ended:\n" + Files.readString(log));
        }
    }

    @Override
    public void close() {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        try {
            if (!supervisor.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException interrupted) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
