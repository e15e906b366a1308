package dev.pgbraid.proxy.differential;

import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The tables and rows of the one plain database, spread over shards with a proxy before them.
final class ShardedDatabase implements AutoCloseable {
    private static final PostgresCluster CLUSTER = PostgresCluster.shared();

    /// Ranges and lists; those of `by_range` and `by_list` are on these shards.
    private static final int PARTS = 4;

    private static final List<String> BY_HASH = List.of(
            "by_smallint",
            "by_int",
            "by_bigint",
            "by_text",
            "by_varchar",
            "by_char",
            "by_uuid",
            "by_date",
            "by_timestamp",
            "by_timestamptz",
            "by_numeric",
            "by_bytea",
            "by_boolean",
            "by_domain",
            "by_nullable");

    /// Everything that only the home shard has.
    private static final String DROP_HOME = "DROP TABLE settings, employees, audit CASCADE; DROP SEQUENCE tickets;";

    /// What leaves those rows of a copy that belong to its shard; the tables first that refer to others.
    private static final String DELETE_STRANGERS = """
        SELECT format('DELETE FROM %s WHERE NOT %s', conrelid::regclass, pg_get_expr(conbin, conrelid))
        FROM pg_constraint WHERE conname = 'on_its_shard' ORDER BY oid DESC
        """;

    private final List<Endpoint> shards = new ArrayList<>();
    private final More more;
    private final ProxyFixture proxy;

    /// Tables beside those of the files.
    ///
    /// @param home those that only the home shard has
    /// @param declared what is declared of others: the settings below `tables`
    record More(List<String> home, SortedMap<String, Object> declared) {
        static final More NONE = new More(List.of(), new TreeMap<>());
    }

    private ShardedDatabase(Endpoint plain, int count, More more) {
        this.more = more;
        for (int i = 0; i < count; i++) {
            shards.add(CLUSTER.freshDatabase(plain.database()));
        }
        for (int i = 0; i < count; i++) {
            keepOwnRows(i);
        }
        proxy = setup().start();
    }

    /// A database as the files say, to be used as a template before it is used.
    static Endpoint plain() {
        Endpoint plain = CLUSTER.freshDatabase();
        try (WireClient client = WireClient.login(plain)) {
            for (String name : List.of("schema.sql", "data.sql")) {
                client.column(Files.readString(StatementFile.DIRECTORY.resolve(name)));
            }
            client.column("ANALYZE");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return plain;
    }

    /// Makes shards of copies of `plain`, to which nobody may be connected.
    static ShardedDatabase of(Endpoint plain, int count) {
        return of(plain, count, More.NONE);
    }

    static ShardedDatabase of(Endpoint plain, int count, More more) {
        return new ShardedDatabase(plain, count, more);
    }

    private void keepOwnRows(int index) {
        try (WireClient client = WireClient.login(shards.get(index))) {
            client.column("UPDATE placed.here SET shard = " + index + ", shards = " + shards.size());
            client.column(String.join(";", client.column(DELETE_STRANGERS)));
            if (index > 0) {
                client.column(DROP_HOME);
                more.home().forEach(table -> client.column("DROP TABLE " + table + " CASCADE"));
            }
            if (index != partShard(0)) {
                client.column("DROP TABLE tenant_first.notes CASCADE");
            }
            if (index != partShard(PARTS - 1)) {
                client.column("DROP TABLE tenant_last.notes CASCADE");
            }
        }
    }

    private int partShard(int part) {
        return part * shards.size() / PARTS;
    }

    private static String name(int shard) {
        return String.format("shard-%02d", shard);
    }

    private ProxyFixture.Setup setup() {
        Endpoint home = shards.getFirst();
        String database = "databases." + home.database() + ".";
        ProxyFixture.Setup setup = ProxyFixture.before(home)
                .without(database + "shards.one.host")
                .without(database + "shards.one.port")
                // Several proxies share the process, and each of them would find what the others hold.
                .endsBeforeAnother();
        for (int i = 0; i < shards.size(); i++) {
            String shard = database + "shards." + name(i) + ".";
            setup.set(shard + "host", home.host());
            setup.set(shard + "port", home.port());
            setup.set(shard + "database", shards.get(i).database());
        }
        setup.set(database + "control.user", home.user()).set(database + "control.password", home.password());
        setup.set(database + "schemas.tenant_first.shard", name(partShard(0)));
        setup.set(database + "schemas.tenant_last.shard", name(partShard(PARTS - 1)));
        declareTables(setup, database + "tables.");
        return setup;
    }

    private void declareTables(ProxyFixture.Setup setup, String tables) {
        BY_HASH.forEach(table -> setup.set(tables + table + ".key", List.of("k")));
        setup.set(tables + "by_pair.key", List.of("a", "b"));
        setup.set(tables + "by_modulo.key", List.of("k")).set(tables + "by_modulo.strategy", "modulo");
        setup.set(tables + "by_ring.key", List.of("k"))
                .set(tables + "by_ring.strategy", "ring")
                .set(tables + "by_ring.virtual-nodes", 20);
        declareRanges(setup, tables + "by_range.", "0", "10", "100");
        setup.set(tables + "by_range.default-shard", name(0));
        declareRanges(setup, tables + "by_days.", "2026-01-01", "2026-02-01", "2026-03-01");
        declareLists(setup, tables + "by_list.");
        setup.set(tables + "countries.kind", "reference").set(tables + "products.kind", "reference");
        setup.set(tables + "customers.key", List.of("id"));
        for (String table : List.of("orders", "items")) {
            setup.set(tables + table + ".kind", "colocated")
                    .set(tables + table + ".key", List.of("customer_id"))
                    .set(tables + table + ".colocated-with", "customers");
        }
        setup.set(tables + "events.key", List.of("device"));
        more.declared().forEach((key, value) -> setup.set(tables + key, value));
    }

    private void declareRanges(ProxyFixture.Setup setup, String table, String... bounds) {
        setup.set(table + "key", List.of("k")).set(table + "strategy", "range");
        for (int part = 0; part < PARTS; part++) {
            String range = table + "ranges.part-" + part + ".";
            setup.set(range + "shard", name(partShard(part)));
            if (part > 0) {
                setup.set(range + "from", bounds[part - 1]);
            }
            if (part < bounds.length) {
                setup.set(range + "to", bounds[part]);
            }
        }
    }

    private void declareLists(ProxyFixture.Setup setup, String table) {
        setup.set(table + "key", List.of("k")).set(table + "strategy", "list");
        List<List<String>> values = List.of(List.of("eu", "uk"), List.of("us"), List.of("jp", "kr"));
        for (int part = 0; part < values.size(); part++) {
            setup.set(table + "lists.part-" + part + ".values", values.get(part))
                    .set(table + "lists.part-" + part + ".shard", name(partShard(part)));
        }
        setup.set(table + "default-shard", name(partShard(PARTS - 1)));
    }

    /// All rows of all tables that are spread over shards.
    static List<String> spreadRows(Endpoint server) {
        try (WireClient client = WireClient.login(server)) {
            return client.column(client.value("""
                SELECT string_agg(format('SELECT %1$L || t::text FROM %1$s AS t', conrelid::regclass), ' UNION ALL ')
                FROM pg_constraint WHERE conname = 'on_its_shard'
                """));
        }
    }

    int count() {
        return shards.size();
    }

    List<Endpoint> shards() {
        return List.copyOf(shards);
    }

    Session session() {
        return new Session(proxy::login, shards.getFirst().database());
    }

    @Override
    public void close() {
        proxy.close();
        shards.forEach(CLUSTER::drop);
    }
}
