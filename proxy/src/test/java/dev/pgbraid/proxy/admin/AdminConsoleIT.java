package dev.pgbraid.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.console.Column;
import dev.pgbraid.proxy.shards.Braid;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

class AdminConsoleIT {
    private static final String WATCHER = "watcher";

    private final Endpoint shard = PostgresCluster.shared().freshDatabase();

    private ProxyFixture.Setup setup() {
        return ProxyFixture.before(shard)
                .set("auth.users." + WATCHER + ".password", ProxyFixture.PASSWORD)
                .set("admin.users", "[" + shard.user() + "]")
                .set("admin.stats-users", "[" + WATCHER + "]");
    }

    private static Endpoint console(ProxyFixture proxy) {
        return proxy.endpoint().withDatabase("pgbraid");
    }

    private static WireClient loginToConsole(ProxyFixture proxy) {
        return WireClient.login(console(proxy));
    }

    /// The statements of pgbouncer_exporter, and the columns that it reads.
    @Test
    void answersTheQueriesOfPgBouncersExporter() throws SQLException {
        try (ProxyFixture proxy = setup().start();
                WireClient client = proxy.login();
                Connection console = console(proxy).jdbc(Map.of("preferQueryMode", "simple"));
                Statement statement = console.createStatement()) {
            client.column("SELECT 1");
            assertThat(statement.execute(";")).isFalse();
            assertThat(keys(statement, "SHOW LISTS;")).contains("databases", "used_clients", "free_servers");
            assertThat(keys(statement, "SHOW CONFIG;")).contains("max_client_conn");
            assertThat(keys(statement, "SHOW VERSION;"))
                    .singleElement()
                    .asString()
                    .startsWith("pgbraid ");
            assertTotals(statement);
            assertPools(statement);
        }
    }

    private void assertTotals(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SHOW STATS_TOTALS;")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("database")).isEqualTo(shard.database());
            assertThat(rows.getLong("query_count")).isEqualTo(1);
            assertThat(rows.getLong("xact_count")).isEqualTo(1);
            assertThat(rows.getLong("bytes_received")).isPositive();
            assertThat(rows.getLong("bytes_sent")).isPositive();
            for (String name : List.of("query_time", "wait_time", "xact_time", "client_parse_count")) {
                assertThat(rows.getLong(name)).isNotNegative();
            }
            assertThat(rows.getLong("server_parse_count") + rows.getLong("bind_count"))
                    .isZero();
        }
    }

    private void assertPools(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SHOW POOLS;")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("user")).isEqualTo(shard.user());
            assertThat(rows.getLong("cl_active")).isEqualTo(1);
            assertThat(rows.getLong("sv_idle")).isEqualTo(1);
            assertThat(rows.getLong("cl_waiting") + rows.getLong("maxwait") + rows.getLong("maxwait_us"))
                    .isZero();
        }
        try (ResultSet rows = statement.executeQuery("SHOW DATABASES;")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("name")).isEqualTo(shard.database());
            assertThat(rows.getInt("port")).isEqualTo(shard.port());
            assertThat(rows.getInt("pool_size")).isEqualTo(4);
            assertThat(rows.getInt("current_connections")).isEqualTo(1);
            assertThat(rows.getInt("paused")).isZero();
        }
    }

    private static List<String> keys(Statement statement, String sql) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }

    /// By the extended protocol too, in text and, when the driver has seen a statement often enough, in binary.
    @Test
    void everyTableCanBeReadByDrivers() throws SQLException {
        try (ProxyFixture proxy = setup().start();
                WireClient _ = proxy.login();
                Connection console = console(proxy).jdbc(Map.of("prepareThreshold", "-1"));
                Statement statement = console.createStatement()) {
            for (Command command : commandsThatShow(proxy)) {
                try (ResultSet rows = statement.executeQuery(command.name())) {
                    List<String> columns = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        columns.add(rows.getMetaData().getColumnName(i));
                    }
                    assertThat(columns)
                            .isEqualTo(
                                    command.columns().stream().map(Column::name).toList());
                    while (rows.next()) {
                        for (int i = 0; i < command.columns().size(); i++) {
                            switch (command.columns().get(i).type()) {
                                case INTEGER -> rows.getLong(i + 1);
                                case TEXT -> rows.getString(i + 1);
                            }
                        }
                    }
                }
            }
        }
    }

    private static List<Command> commandsThatShow(ProxyFixture proxy) {
        return proxy.server().console().commands().stream()
                .filter(command -> !command.columns().isEmpty())
                .toList();
    }

    @Test
    void everyCommandTakesItsPrivilege() {
        try (ProxyFixture proxy = setup().start();
                WireClient watcher = WireClient.login(console(proxy).withUser(WATCHER, ProxyFixture.PASSWORD))) {
            for (Command command : proxy.server().console().commands()) {
                boolean changes = command.privilege() == Privilege.ADMIN;
                assertThat(changes).isNotEqualTo(command.words().getFirst().equals("SHOW"));
                if (changes) {
                    assertThatThrownBy(() -> watcher.column(command.name()))
                            .as(command.name())
                            .isInstanceOf(ServerError.class)
                            .hasMessageContaining("permission denied for " + command.name());
                } else {
                    watcher.query(command.name());
                }
            }
        }
    }

    private Braid braid() {
        Braid braid = Braid.ofFour().sharded("users", "id");
        braid.setup().set("admin.users", "[" + shard.user() + "]");
        return braid;
    }

    /// Servers that have parts of a transaction are its client's while they have nothing to do.
    @Test
    void showsAllServersOfATransaction() {
        try (ProxyFixture proxy = braid().setup().start();
                WireClient client = proxy.login();
                WireClient console = loginToConsole(proxy)) {
            client.query("CREATE TABLE users (id bigint PRIMARY KEY, name text)");
            client.query("BEGIN");
            client.query("SELECT count(*) FROM users");
            String link = "c" + client.cancelKey().processId();
            assertThat(rows(console, "SHOW SERVERS").stream().map(row -> row.split("\\|", -1)))
                    .filteredOn(server -> server[22].equals("TRANSACTION"))
                    .hasSize(4)
                    .allSatisfy(server -> assertThat(List.of(server)).contains("active", link));
            assertThat(rows(console, "SHOW CLIENTS"))
                    .singleElement()
                    .asString()
                    .contains("|active|")
                    .contains("|" + link + "|");
            assertThat(lentAndIdle(console)).isEqualTo("4|0");
            client.query("COMMIT");
            Eventually.isTrue("all servers are free", () -> lentAndIdle(console).equals("0|4"));
        }
    }

    private static String lentAndIdle(WireClient console) {
        String[] pool = rows(console, "SHOW POOLS").getFirst().split("\\|", -1);
        return pool[6] + "|" + pool[9];
    }

    @Test
    void showsWhatStatementsCost() throws SQLException {
        try (ProxyFixture proxy = braid().setup().start();
                WireClient client = proxy.login();
                WireClient console = loginToConsole(proxy);
                Connection connection = proxy.endpoint().jdbc();
                PreparedStatement select = connection.prepareStatement("SELECT name FROM users WHERE id = ?")) {
            client.query("CREATE TABLE users (id bigint PRIMARY KEY, name text)");
            for (int id = 1; id <= 3; id++) {
                client.query("INSERT INTO users\n VALUES (" + id + ", 'secret " + id + "')");
            }
            client.query("/* why */ SELECT count(*) FROM users WHERE name LIKE 'secret%'");
            for (int id = 1; id <= 7; id++) {
                select.setLong(1, id);
                select.executeQuery().close();
            }
            assertThat(rows(console, "SHOW PLANS"))
                    .anyMatch(row -> row.matches(plan("single-shard", 3, "INSERT INTO users VALUES (?, ?)")))
                    .anyMatch(row -> row.matches(plan("gather", 1, "SELECT count(*) FROM users WHERE name LIKE ?")))
                    .anyMatch(row -> row.matches(plan("single-shard", 7, "SELECT name FROM users WHERE id = $1")))
                    .noneMatch(row -> row.contains("secret"));
        }
    }

    private static String plan(String kind, int calls, String statement) {
        return ".*\\|" + kind + "\\|" + calls + "\\|[1-9][0-9]*\\|[1-9][0-9]*\\|" + Pattern.quote(statement);
    }

    @Test
    void onlyThoseWhoAreNamedGetIn() {
        try (ProxyFixture proxy = setup().without("admin.stats-users").start()) {
            assertThatThrownBy(() -> WireClient.login(console(proxy).withUser(WATCHER, ProxyFixture.PASSWORD)))
                    .hasMessageContaining("may not use the admin database");
            assertThatThrownBy(() -> WireClient.login(console(proxy).withUser(shard.user(), "wrong")))
                    .hasMessageContaining("password");
        }
    }

    @Test
    void pauseHoldsStatementsBack() {
        try (ProxyFixture proxy = setup().set("pools.checkout-timeout", "200ms").start();
                WireClient client = proxy.login();
                WireClient console = loginToConsole(proxy)) {
            client.column("BEGIN; SELECT 1");
            CompletableFuture<Void> paused = CompletableFuture.runAsync(() -> console.query("PAUSE"));
            try (WireClient watcher = loginToConsole(proxy)) {
                Eventually.isTrue(
                        "it is paused", () -> rows(watcher, "SHOW STATE").contains("paused|yes"));
                assertThat(paused).isNotDone();
                client.column("COMMIT");
                paused.join();
                client.send(new Query(ByteString.utf8("SELECT 2")));
                Eventually.isTrue("the client waits", () -> clientState(watcher).equals("waiting"));
                // Longer than anybody would wait for a free connection.
                long until = System.nanoTime() + 400_000_000;
                Eventually.isTrue("time passes", () -> System.nanoTime() > until);
                assertThat(clientState(watcher)).isEqualTo("waiting");
                watcher.query("RESUME");
                assertThat(client.readUntilReady()).hasSize(4);
            }
        }
    }

    /// What the only client of the database is at.
    private static String clientState(WireClient console) {
        return rows(console, "SHOW CLIENTS").getFirst().split("\\|", -1)[4];
    }

    private static List<String> rows(WireClient console, String sql) {
        return console.query(sql).stream()
                .filter(DataRow.class::isInstance)
                .map(row ->
                        ((DataRow) row).values().stream().map(WireClient::text).collect(Collectors.joining("|")))
                .toList();
    }

    @Test
    void reconnectReplacesConnections() {
        try (ProxyFixture proxy = setup().start();
                WireClient client = proxy.login();
                WireClient console = loginToConsole(proxy)) {
            client.column("BEGIN");
            String before = client.value("SELECT pg_backend_pid()");
            console.query("RECONNECT " + shard.database());
            assertThat(client.value("SELECT pg_backend_pid()")).isEqualTo(before);
            client.column("COMMIT");
            console.query("WAIT_CLOSE");
            assertThat(client.value("SELECT pg_backend_pid()")).isNotEqualTo(before);
        }
    }

    @Test
    void killsOneClientOrAll() {
        try (ProxyFixture proxy = setup().start();
                WireClient first = proxy.login();
                WireClient second = proxy.login();
                WireClient console = loginToConsole(proxy)) {
            second.column("SELECT 1");
            console.query("KILL_CLIENT " + first.cancelKey().processId());
            assertThat(first.readUntilEnd().toString()).contains("57P01");
            assertThatThrownBy(() -> console.column("KILL_CLIENT 0")).hasMessageContaining("is not there");
            assertThat(second.value("SELECT 2")).isEqualTo("2");
            console.query("KILL " + shard.database());
            assertThat(second.readUntilEnd().toString()).contains("57P01");
            console.query("RESUME");
        }
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        try (ProxyFixture proxy = setup().start();
                WireClient console = loginToConsole(proxy)) {
            assertThatThrownBy(() -> console.column("SELECT 1")).hasMessageContaining("unknown command: SELECT 1");
            assertThatThrownBy(() -> console.column("PAUSE nowhere"))
                    .hasMessageContaining("\"nowhere\" does not exist");
            assertThatThrownBy(() -> console.column("SET pools.size-max = 3"))
                    .hasMessageContaining("configuration file");
            assertThatThrownBy(() -> console.column("SHOW CLIENTS please")).hasMessageContaining("nothing more");
            assertThatThrownBy(() -> console.column("RESUME")).hasMessageContaining("nothing is paused");
            assertThat(console.query("SHOW VERSION; SHOW STATE; ").toString()).contains("pgbraid ");
            assertThat(console.query("SHOW HELP").toString()).contains("KILL_CLIENT id");
        }
    }

    @Test
    void driversSeeErrors() throws SQLException {
        try (ProxyFixture proxy = setup().start();
                Connection console = console(proxy).jdbc();
                Statement statement = console.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SHOW NOTHING"))
                    .isInstanceOf(PSQLException.class)
                    .hasMessageContaining("unknown command");
            try (ResultSet rows = statement.executeQuery("SHOW VERSION")) {
                assertThat(rows.next()).isTrue();
            }
        }
    }

    /// Where there is a psql; the wire that it speaks is that of the other tests.
    @Test
    void psqlWorks() throws IOException, InterruptedException {
        Path psql = Path.of("/usr/bin/psql");
        try (ProxyFixture proxy = setup().start();
                WireClient _ = proxy.login()) {
            if (Files.isExecutable(psql)) {
                String address = "host=127.0.0.1 port=%d dbname=pgbraid user=%s password='%s'"
                        .formatted(proxy.server().port(), shard.user(), ProxyFixture.PASSWORD.replace("'", "\\'"));
                Process process = new ProcessBuilder(psql.toString(), "-X", "-At", address, "-c", "SHOW DATABASES")
                        .redirectErrorStream(true)
                        .start();
                assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith(shard.database() + "|");
                assertThat(process.waitFor()).isZero();
            }
        }
    }
}
