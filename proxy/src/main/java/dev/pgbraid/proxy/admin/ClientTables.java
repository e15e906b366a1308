package dev.pgbraid.proxy.admin;

import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.BackendReport;
import dev.pgbraid.proxy.client.ClientReport;
import dev.pgbraid.proxy.client.ClientState;
import dev.pgbraid.proxy.console.Column;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Shows connections, those of clients and those to servers.
final class ClientTables {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final long MICROS = 1_000_000;

    private static final List<Column> COLUMNS = ConsoleTable.columns(
            "type",
            "user",
            "database",
            "replication",
            "state",
            "addr",
            "#port",
            "local_addr",
            "#local_port",
            "connect_time",
            "request_time",
            "#wait",
            "#wait_us",
            "#close_needed",
            "ptr",
            "link",
            "#remote_pid",
            "tls",
            "application_name",
            "#prepared_statements",
            "#id",
            "shard",
            "pinned");

    private final ProxyView proxy;

    ClientTables(ProxyView proxy) {
        this.proxy = proxy;
    }

    List<Command> commands() {
        return List.of(
                Command.show("CLIENTS", COLUMNS, this::clients),
                Command.show("SERVERS", COLUMNS, this::servers),
                Command.show("SOCKETS", socketColumns(), table -> sockets(table, true)),
                Command.show("ACTIVE_SOCKETS", socketColumns(), table -> sockets(table, false)));
    }

    private void clients(ConsoleTable table) {
        ProxyView.await(proxy.survey().clients()).forEach(client -> table.add(row(client)));
    }

    private void servers(ConsoleTable table) {
        ProxyView.await(proxy.survey().backends()).forEach(backend -> table.add(row(backend)));
    }

    /// PgBouncer's columns about its buffers say nothing here: bytes wait in those of the kernel, or of the messages.
    private static List<Column> socketColumns() {
        return Stream.concat(
                        COLUMNS.stream(),
                        ConsoleTable.columns(
                                "#recv_pos",
                                "#pkt_pos",
                                "#pkt_remain",
                                "#send_pos",
                                "#send_remain",
                                "#pkt_avail",
                                "#send_avail")
                                .stream())
                .toList();
    }

    private void sockets(ConsoleTable table, boolean idleToo) {
        for (ClientReport client : ProxyView.await(proxy.survey().clients())) {
            if (idleToo || client.state() != ClientState.IDLE) {
                table.add(withoutBuffers(row(client)));
            }
        }
        for (BackendReport backend : ProxyView.await(proxy.survey().backends())) {
            if (idleToo || backend.lent()) {
                table.add(withoutBuffers(row(backend)));
            }
        }
    }

    private static Object[] withoutBuffers(Object[] row) {
        List<Object> all = new ArrayList<>(List.of(row));
        for (int i = COLUMNS.size(); i < socketColumns().size(); i++) {
            all.add(0);
        }
        return all.toArray();
    }

    private static Object[] row(ClientReport client) {
        boolean waits = client.state() == ClientState.WAITING;
        Duration waited = waits ? client.age() : Duration.ZERO;
        return new Object[] {
            "C",
            client.user(),
            client.database(),
            client.replicates() ? "logical" : "none",
            waits ? "waiting" : client.state() == ClientState.IDLE ? "idle" : "active",
            host(client.remote()),
            port(client.remote()),
            host(client.local()),
            port(client.local()),
            TIME.format(client.connected()),
            TIME.format(Instant.now().minus(client.age())),
            waited.toSeconds(),
            waited.toNanos() / 1000 % MICROS,
            client.ends() ? 1 : 0,
            "c" + client.id(),
            client.backend().map(process -> "s" + process).orElse(""),
            0,
            client.tls(),
            client.applicationName(),
            client.preparedStatements(),
            client.id(),
            client.shard(),
            client.ties().stream().map(Enum::name).sorted().collect(Collectors.joining(","))
        };
    }

    private Object[] row(BackendReport backend) {
        return new Object[] {
            "S",
            backend.login().user(),
            Totals.nameOf(backend.login().server(), proxy.config().get()).database(),
            "none",
            state(backend),
            host(backend.remote()),
            port(backend.remote()),
            host(backend.local()),
            port(backend.local()),
            TIME.format(backend.connected()),
            TIME.format(Instant.now().minus(backend.asked())),
            0,
            0,
            backend.retired() ? 1 : 0,
            "s" + backend.processId(),
            backend.tenant() == 0 ? "" : "c" + backend.tenant(),
            backend.processId(),
            backend.tls(),
            "",
            backend.preparedStatements(),
            backend.processId(),
            backend.login().shard(),
            backend.status() == TransactionStatus.IDLE ? "" : "TRANSACTION"
        };
    }

    private static String state(BackendReport backend) {
        if (backend.canceled()) {
            return "being_canceled";
        }
        return backend.lent() ? "active" : "idle";
    }

    static String host(Optional<SocketAddress> address) {
        return address.map(each -> ((InetSocketAddress) each).getAddress().getHostAddress())
                .orElse("");
    }

    private static int port(Optional<SocketAddress> address) {
        return address.map(each -> ((InetSocketAddress) each).getPort()).orElse(0);
    }
}
