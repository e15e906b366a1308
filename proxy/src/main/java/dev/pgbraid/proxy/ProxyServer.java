package dev.pgbraid.proxy;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.ListenConfig;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.proxy.admin.AdminConsole;
import dev.pgbraid.proxy.admin.AdminServer;
import dev.pgbraid.proxy.admin.Operations;
import dev.pgbraid.proxy.admin.ProxyView;
import dev.pgbraid.proxy.client.Listener;
import dev.pgbraid.proxy.client.Survey;
import dev.pgbraid.proxy.control.Clusters;
import dev.pgbraid.proxy.net.CertificateWatch;
import dev.pgbraid.proxy.net.Tls;
import dev.pgbraid.proxy.net.Transport;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running proxy.
public final class ProxyServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProxyServer.class);

    /// How long shards are given to take leave of; sessions that hold backends at the end do not give them back.
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Clusters clusters;
    private final EventLoopGroup loops;
    private final Tls tls;
    private final Listener listener;
    private final Optional<AdminServer> admin;
    private final CertificateWatch certificates;
    private final Instant started = Instant.now();
    private final AtomicReference<Operations> operations = new AtomicReference<>(Operations.NONE);
    private final AtomicReference<@Nullable AdminConsole> adminConsole = new AtomicReference<>();
    private volatile ProxyConfig config;

    private ProxyServer(ProxyConfig config, Tls tls, Transport transport, EventLoopGroup loops, Clusters clusters) {
        this.clusters = clusters;
        this.config = config;
        this.loops = loops;
        this.tls = tls;
        this.listener = new Listener(config, tls, transport, loops, clusters.byName(), this::console);
        this.certificates = new CertificateWatch(tls);
        this.admin = openAdmin();
    }

    private Optional<AdminServer> openAdmin() {
        try {
            return config.admin().enabled()
                    ? Optional.of(new AdminServer(config.admin(), view(listener.survey())))
                    : Optional.empty();
        } catch (RuntimeException failed) {
            certificates.close();
            listener.close(GOODBYE);
            passOn();
            throw failed;
        }
    }

    /// Starts a proxy; returns when it listens.
    public static ProxyServer start(ProxyConfig config) {
        Tls tls = new Tls(config);
        Transport transport = transport(config.listen());
        int threads = config.listen().threads();
        Clusters clusters = Clusters.start(config);
        EventLoopGroup loops =
                transport.eventLoops(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
        try {
            ProxyServer server = new ProxyServer(config, tls, transport, loops, clusters);
            LOGGER.atInfo()
                    .addKeyValue("host", config.listen().host())
                    .addKeyValue("port", server.port())
                    .addKeyValue("transport", transport)
                    .log("listening");
            return server;
        } catch (RuntimeException failed) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
            clusters.close();
            throw failed;
        }
    }

    public int port() {
        return listener.port();
    }

    /// The port for operators, if it is open.
    public OptionalInt adminPort() {
        return admin.map(AdminServer::port).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private AdminConsole console(Survey survey) {
        AdminConsole console = new AdminConsole(view(survey), operations::get);
        adminConsole.set(console);
        return console;
    }

    /// The admin database.
    public AdminConsole console() {
        return Objects.requireNonNull(adminConsole.get());
    }

    /// Tells the admin database what the program around this proxy can do.
    public void operate(Operations next) {
        operations.set(next);
    }

    private ProxyView view(Survey survey) {
        return new ProxyView(survey, () -> config, () -> listener.isOpen(), clusters.byName(), Main.version(), started);
    }

    /// How many clients are connected.
    public int clients() {
        return listener.clients();
    }

    /// Puts another configuration in force, as far as that takes no restart; returns when it is. No session ends but
    /// those whose user or database is gone, and these after their transaction.
    ///
    /// @throws ProxyException if it cannot be used; then nothing has changed
    public synchronized void reload(ProxyConfig next) {
        next.databases().forEach(this::refuseOtherShards);
        tls.configure(next);
        listener.configure(next);
        config = next;
    }

    /// Stops when the transactions that are open have ended, or when patience has, or when `hurry` says so; returns
    /// when all is closed.
    public void drain(BooleanSupplier hurry) {
        LOGGER.atInfo().addKeyValue("clients", listener.clients()).log("draining");
        listener.drain(config.timeouts().drain(), hurry);
        close();
    }

    /// Stops at once; returns when all is closed. What is closed stays so.
    @Override
    public void close() {
        if (loops.isShuttingDown()) {
            return;
        }
        certificates.close();
        admin.ifPresent(AdminServer::close);
        listener.close(GOODBYE);
        clusters.close();
        passOn();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        LOGGER.info("stopped");
    }

    /// With io_uring a closed connection is only marked: the kernel hears of it when the loop turns again, which one
    /// that ends would not do. Between two tasks that wait for each other it has.
    private void passOn() {
        for (int turn = 0; turn < 3; turn++) {
            List<Future<?>> tasks = new ArrayList<>();
            loops.forEach(loop -> tasks.add(loop.submit(() -> {})));
            tasks.forEach(Future::syncUninterruptibly);
        }
    }

    /// What is known of several shards, and by what number, is known from the start.
    private void refuseOtherShards(DatabaseConfig next) {
        DatabaseConfig before = databases(config).get(next.name());
        boolean isSharded = !next.tables().isEmpty() || !next.schemas().isEmpty();
        if (before == null && next.shards().size() > 1 && isSharded) {
            throw unusable("database " + next.name() + " is new and declares tables or schemas");
        }
        if (before != null
                && Math.max(before.shards().size(), next.shards().size()) > 1
                && !before.shards().equals(next.shards())) {
            throw unusable("database " + next.name() + " has other shards than before");
        }
    }

    private static ProxyException unusable(String problem) {
        return new ProxyException(ErrorCode.CONFIG_UNUSABLE, problem, "Restart the proxy.");
    }

    private static Map<String, DatabaseConfig> databases(ProxyConfig config) {
        return config.databases().stream()
                .collect(Collectors.toUnmodifiableMap(DatabaseConfig::name, Function.identity()));
    }

    private static Transport transport(ListenConfig listen) {
        Transport wanted = switch (listen.transport()) {
            case AUTO -> Transport.best();
            case IO_URING -> Transport.IO_URING;
            case EPOLL -> Transport.EPOLL;
            case NIO -> Transport.NIO;
        };
        if (!wanted.isAvailable()) {
            throw new ProxyException(
                    ErrorCode.CONFIG_UNUSABLE,
                    "listen.transport " + wanted + " is not available on this machine",
                    "Leave it out, and the best that works is taken.");
        }
        return wanted;
    }
}
