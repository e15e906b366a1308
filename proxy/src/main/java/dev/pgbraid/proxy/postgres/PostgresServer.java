package dev.pgbraid.proxy.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// One PostgreSQL server on 127.0.0.1, with SCRAM logins, that can be started, stopped, killed, paused and promoted.
///
/// It keeps its port and its data over restarts and never outlives this JVM. It is used by one thread at a time.
public final class PostgresServer implements AutoCloseable {
    /// Settings for a server whose data must survive a crash of the machine.
    public static final Map<String, String> DURABLE = Map.of("fsync", "on", "full_page_writes", "on");

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final int PORT_ATTEMPTS = 20;
    private static final int LOG_LINES = 20;
    private static final int CONTROL_STATE_OFFSET = 16;
    private static final int CONTROL_STATE_IN_PRODUCTION = 6;

    private final PostgresInstallation installation;
    private final Path directory;
    private final Map<String, String> settings;
    private final boolean temporary;
    private int port = freePort();
    private boolean hasStarted;
    private @Nullable ServerProcess process;

    PostgresServer(PostgresInstallation installation, Path directory, Map<String, String> settings, boolean temporary) {
        this.installation = installation;
        this.directory = directory;
        this.settings = new HashMap<>(settings);
        this.temporary = temporary;
    }

    public String host() {
        return "127.0.0.1";
    }

    /// The port, settled by the first start and kept from then on.
    public int port() {
        return port;
    }

    public String user() {
        return installation.superuser();
    }

    /// The superuser's password, known from the first start on.
    public String password() {
        return read(directory.resolve("password"));
    }

    /// Where everything of the server is.
    public Path directory() {
        return directory;
    }

    /// What the server has logged so far, over all its starts.
    public Path log() {
        return directory.resolve("log");
    }

    /// The identity of the server's main process.
    public long processIdentity() {
        return running().identity();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /// Sets what `postgresql.conf` says from the next start on.
    public void set(String setting, String value) {
        settings.put(setting, value);
    }

    /// Runs `statements` in `database` while the server is stopped. Each statement ends by a semicolon and an empty
    /// line; the first that fails ends the run.
    ///
    /// @throws PostgresException with what PostgreSQL said
    public void execute(String database, String statements) {
        if (isRunning()) {
            throw new IllegalStateException("the server runs; statements need a connection");
        }
        installation.provide(directory);
        write(data("postgresql.conf"), Settings.file(settings, port));
        new Command(
                        installation.program("postgres").toString(),
                        "--single",
                        "-j",
                        "-c",
                        "exit_on_error=on",
                        "-c",
                        "log_min_messages=warning",
                        "-D",
                        data("").toString(),
                        database)
                .run(installation.privileges(), statements);
    }

    /// Starts the server and returns when it accepts connections (a standby: when it can be read).
    ///
    /// @throws PostgresException with the end of the server's log, when it does not
    public PostgresServer start() {
        if (isRunning()) {
            throw new IllegalStateException("the server runs already");
        }
        installation.provide(directory);
        for (int attempt = 1; ; attempt++) {
            Optional<String> failure = tryStart();
            if (failure.isEmpty()) {
                hasStarted = true;
                return this;
            }
            boolean isTaken = failure.get().contains("Address already in use");
            if (hasStarted || !isTaken || attempt == PORT_ATTEMPTS) {
                throw new PostgresException(
                        "PostgreSQL in " + directory + " did not start on port " + port + ":\n" + failure.get());
            }
            port = freePort();
        }
    }

    /// Stops the server; its data stays.
    public void stop(StopMode mode) {
        ServerProcess stopping = running();
        stopping.signal(mode.signal());
        stopping.resume();
        if (!stopping.awaitEnd(STOP_LIMIT)) {
            throw new PostgresException("PostgreSQL in " + directory + " did not stop in " + STOP_LIMIT.toSeconds()
                    + " s:\n" + logSince(0));
        }
    }

    /// Kills every process of the server at once, as a crash of its machine would.
    public void kill() {
        running().kill();
    }

    /// Stops every process of the server in its tracks: connections stay, nothing answers.
    public void pause() {
        running().pause();
    }

    public void resume() {
        running().resume();
    }

    /// A standby of this server, not yet started. It reads this server's log from the beginning, of which 256 MB are
    /// kept, so it is made early.
    public PostgresServer standby(Map<String, String> settingsOfStandby) {
        PostgresServer standby = installation.temporaryServer(settingsOfStandby);
        standby.set(
                "primary_conninfo",
                "host=%s port=%d user=%s password=%s application_name=%s"
                        .formatted(host(), port, user(), password(), standby.directory.getFileName()));
        installation.provide(standby.directory);
        write(standby.data("standby.signal"), "");
        return standby;
    }

    /// The name that this server has, as a standby, in its primary's `pg_stat_replication`.
    public String applicationName() {
        return directory.getFileName().toString();
    }

    /// Makes a standby a primary; returns when it has left recovery.
    public void promote() {
        write(data("promote"), "");
        running().signal("USR1");
        Deadline deadline = new Deadline(START_LIMIT);
        while (!isInProduction()) {
            if (running().awaitEnd(POLL) || deadline.isOver()) {
                throw new PostgresException("PostgreSQL in " + directory + " was not promoted:\n" + logSince(0));
            }
        }
    }

    /// Stops the server if it runs; a temporary one leaves nothing behind.
    @Override
    public void close() {
        if (isRunning()) {
            stop(temporary ? StopMode.IMMEDIATE : StopMode.FAST);
        }
        if (temporary) {
            removeSharedMemory();
            Trees.delete(directory);
        }
    }

    private Optional<String> tryStart() {
        long logStart = log().toFile().length();
        write(data("postgresql.conf"), Settings.file(settings, port));
        List<String> command = new ArrayList<>(installation.privileges().prefix());
        command.addAll(List.of(installation.program("postgres").toString(), "-D", data("").toString()));
        ServerProcess started =
                ServerProcess.start(command, log(), temporary ? Optional.of(directory) : Optional.empty());
        process = started;
        Deadline deadline = new Deadline(START_LIMIT);
        while (!isReady(started)) {
            if (started.awaitEnd(POLL)) {
                return Optional.of(logSince(logStart));
            }
            if (deadline.isOver()) {
                started.kill();
                return Optional.of(logSince(logStart) + "\n(not ready after " + START_LIMIT.toSeconds() + " s)");
            }
        }
        return Optional.empty();
    }

    /// Reads the status line that the server writes for `pg_ctl`. The file may be one of an earlier life.
    private boolean isReady(ServerProcess started) {
        try {
            List<String> lines = Files.readAllLines(data("postmaster.pid"));
            return lines.size() >= 8
                    && lines.getFirst().equals(Long.toString(started.identity()))
                    && lines.get(7).strip().equals("ready");
        } catch (IOException notYetThere) {
            return false;
        }
    }

    /// A killed server leaves its lock file, which names a segment of shared memory that would stay for ever.
    private void removeSharedMemory() {
        Path lockFile = data("postmaster.pid");
        if (Files.exists(lockFile)) {
            String segment =
                    read(lockFile).lines().skip(6).findFirst().orElse("").strip();
            new Command("sh", "-c", "ipcrm -m " + segment.replaceFirst(".* ", "") + " 2>/dev/null; :")
                    .run(Privileges.OWN);
        }
    }

    /// The state in `pg_control`, which is what `pg_ctl promote` waits for too.
    private boolean isInProduction() {
        try {
            ByteBuffer control = ByteBuffer.wrap(Files.readAllBytes(data("global/pg_control")));
            return control.order(ByteOrder.nativeOrder()).getInt(CONTROL_STATE_OFFSET) == CONTROL_STATE_IN_PRODUCTION;
        } catch (IOException unreadable) {
            throw new PostgresException("cannot read the state of " + directory, unreadable);
        }
    }

    private ServerProcess running() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException("the server in " + directory + " does not run");
        }
        return process;
    }

    private Path data(String file) {
        return directory.resolve("data").resolve(file);
    }

    private String logSince(long start) {
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
            long from = Math.max(start, file.length() - (1 << 16));
            byte[] bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            List<String> lines =
                    new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(no log: " + unreadable.getMessage() + ")";
        }
    }

    /// A port that nobody uses, below the range from which systems take the ports of outgoing connections: those
    /// could take it while the server is down.
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(15_000, 32_000)
                .filter(PostgresServer::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new PostgresException("cannot read " + file, failed);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException failed) {
            throw new PostgresException("cannot write " + file, failed);
        }
    }
}
