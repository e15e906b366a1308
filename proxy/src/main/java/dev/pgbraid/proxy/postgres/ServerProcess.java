package dev.pgbraid.proxy.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A running `postgres` that does not outlive this JVM, however the JVM ends.
final class ServerProcess {
    /// Standard input is the life line: it ends when the JVM does. (The JVM also closes it when the supervisor has
    /// ended; then there is no server left to be asked to stop.)
    ///
    /// Signals of the terminal go to the whole group, so this shell ignores them and the server gets a session of
    /// its own where the system has the program for it. The server is asked again until it is gone, since it may
    /// not listen to signals yet; being stopped it must be continued to hear anything.
    private static final String SUPERVISOR = """
        trap '' HUP INT QUIT TERM
        scratch=$1
        log=$2
        shift 2
        detached=$(command -v setsid)
        exec 3<&0
        $detached "$@" 3<&- </dev/null >>"$log" 2>&1 &
        server=$!
        (
            read -r line <&3
            kill -QUIT $server || exit
            while kill -CONT $server && kill -QUIT $server; do sleep 1; done
            [ -z "$scratch" ] || rm -rf "$scratch"
        ) >/dev/null 2>&1 &
        echo $server
        exec 3<&-
        wait $server
        """;

    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(1);

    private final Process supervisor;
    private final ProcessHandle server;

    private ServerProcess(Process supervisor, ProcessHandle server) {
        this.supervisor = supervisor;
        this.server = server;
    }

    /// Starts `command`, which appends to `log`.
    ///
    /// @param scratch a directory that is deleted if the JVM ends before the server
    static ServerProcess start(List<String> command, Path log, Optional<Path> scratch) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", SUPERVISOR, "supervisor"));
        words.add(scratch.map(Path::toString).orElse(""));
        words.add(log.toString());
        words.addAll(command);
        try {
            Process supervisor = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader output = supervisor.inputReader(StandardCharsets.UTF_8);
            String identity = output.readLine();
            if (identity == null) {
                throw new PostgresException("the supervisor of " + log.getParent() + " ended at once");
            }
            // A server that is already gone is one whose supervisor is about to end.
            ProcessHandle server = ProcessHandle.of(Long.parseLong(identity)).orElseGet(supervisor::toHandle);
            return new ServerProcess(supervisor, server);
        } catch (IOException failed) {
            throw new PostgresException("cannot run sh: " + failed.getMessage(), failed);
        }
    }

    long identity() {
        return server.pid();
    }

    boolean isAlive() {
        return supervisor.isAlive();
    }

    /// Whether the server ended within `time`.
    boolean awaitEnd(Duration time) {
        try {
            return supervisor.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while waiting for a server", interrupted);
        }
    }

    /// Sends `signal` to the server's main process.
    void signal(String signal) {
        signal(signal, Stream.of(server));
    }

    /// Halts the main process first, so that no other can be born unseen.
    void pause() {
        signal("STOP");
        signal("STOP", server.descendants());
    }

    void resume() {
        signal("CONT", Stream.concat(server.descendants(), Stream.of(server)));
    }

    /// Kills every process of the server at once, as a crash of its machine would.
    void kill() {
        signal("STOP");
        List<ProcessHandle> all =
                Stream.concat(Stream.of(server), server.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(KILL_LIMIT);
        for (ProcessHandle process : all) {
            awaitGone(process);
        }
    }

    /// An orphan that nobody collects stays as an entry without a program; it holds nothing any more.
    private void awaitGone(ProcessHandle process) {
        Deadline deadline = new Deadline(KILL_LIMIT);
        while (process.isAlive() && process.info().command().isPresent()) {
            if (deadline.isOver()) {
                throw new PostgresException("process " + process.pid() + " survived being killed");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static void signal(String signal, Stream<ProcessHandle> processes) {
        String identities =
                processes.map(process -> Long.toString(process.pid())).collect(Collectors.joining(" "));
        // A process that has just ended cannot be signalled, and needs no signal.
        new Command("sh", "-c", "kill -" + signal + " " + identities + " 2>/dev/null; :").run(Privileges.OWN);
    }
}
