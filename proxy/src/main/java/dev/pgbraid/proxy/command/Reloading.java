package dev.pgbraid.proxy.command;

import dev.pgbraid.config.ConfigChange;
import dev.pgbraid.config.ConfigProblem;
import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult.Invalid;
import dev.pgbraid.config.ConfigResult.Valid;
import dev.pgbraid.config.ConfigSettings;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.ProxyServer;
import dev.pgbraid.proxy.admin.Operations;
import dev.pgbraid.proxy.logging.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a proxy at what its configuration file says, until it is closed.
///
/// The file is read again on SIGHUP, and when what is in it has changed; then it is taken whole or refused whole.
final class Reloading implements AutoCloseable, Operations {
    private static final Logger LOGGER = LoggerFactory.getLogger(Reloading.class);
    private static final int PERIOD_SECONDS = 1;

    private enum Wake {
        RELOAD,
        END
    }

    private final Path file;
    private final Function<String, @Nullable String> environment;
    private final ProxyServer server;
    private final Lifetime lifetime;
    private final BlockingQueue<Wake> wakes = new LinkedBlockingQueue<>();
    private final Thread thread;
    private ConfigSettings inForce;
    private ByteString read;
    private ByteString seen;

    /// @param lifetime of the process
    Reloading(
            Path file,
            Function<String, @Nullable String> environment,
            ProxyServer server,
            ConfigSettings inForce,
            Lifetime lifetime) {
        this.lifetime = lifetime;
        this.file = file;
        this.environment = environment;
        this.server = server;
        this.inForce = inForce;
        this.read = content();
        this.seen = read;
        Signals.on("HUP", () -> wakes.offer(Wake.RELOAD));
        thread = Thread.ofVirtual().name("configuration").start(this::watch);
    }

    /// Returns when no reload is under way any more.
    @Override
    public void close() {
        wakes.clear();
        wakes.add(Wake.END);
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            Wake wake = null;
            while (wake != Wake.END) {
                wake = wakes.poll(PERIOD_SECONDS, TimeUnit.SECONDS);
                look(wake == Wake.RELOAD);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// A file that is seen to change is left alone until it looks the same twice: somebody may still be writing it.
    private synchronized void look(boolean asked) {
        ByteString now = content();
        boolean settled = now.equals(seen);
        seen = now;
        if (asked || (settled && !now.equals(read))) {
            reload();
        }
    }

    @Override
    public synchronized List<String> reload() {
        read = content();
        return switch (ConfigReader.read(file, environment)) {
            case Valid valid -> apply(valid);
            case Invalid invalid -> {
                LOGGER.error("the configuration file is wrong, what it said before stays in force");
                for (ConfigProblem problem : invalid.problems()) {
                    LOGGER.error("{}", problem);
                }
                yield invalid.problems().stream().map(ConfigProblem::toString).toList();
            }
        };
    }

    @Override
    public synchronized List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        inForce.byPath().forEach((path, setting) -> keys.add(new Key(path, setting.shown(), setting.reloads())));
        return keys;
    }

    @Override
    public boolean shutdown(boolean atOnce) {
        lifetime.end(atOnce);
        return true;
    }

    /// @return what is wrong
    private List<String> apply(Valid next) {
        List<ConfigChange> changes = inForce.changesTo(next.settings());
        try {
            server.reload(next.config());
        } catch (ProxyException unusable) {
            LOGGER.error(
                    "the configuration file cannot be used, what it said before stays in force: {}",
                    unusable.getMessage());
            return List.of(unusable.getMessage());
        }
        for (ConfigChange change : changes) {
            LOGGER.info("{}{}", change, change.reloads() ? "" : ", after a restart");
        }
        Logging.configure(next.config().logging().level());
        inForce = inForce.reloaded(next.settings());
        LOGGER.atInfo().addKeyValue("changes", changes.size()).log("the configuration file is in force");
        return List.of();
    }

    /// A file that cannot be read is as good as an empty one: reading it for use says why.
    private ByteString content() {
        try {
            return ByteString.copyOf(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            return ByteString.EMPTY;
        }
    }
}
