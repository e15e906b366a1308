package dev.pgbraid.proxy.differential;

import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The tables of the regression tests in the plain database, and where their rows are to be.
///
/// Of six tables four are sharded by their first column that can be a key, all those with the same type of key alike;
/// one is a reference table, and one is on the home shard.
final class RegressionTables {
    private static final String SET = "SET statement_timeout = '5s'; SET client_min_messages = error";

    private static final String KEYS = """
        SELECT DISTINCT ON (c.oid) format('%I', c.relname) || ' ' || a.attname || ' ' || replace(t.typname, 'int4', 'int')
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.oid > LAST
            AND c.relpersistence = 'p' AND c.relname ~ '^[a-z][a-z0-9_]*$' AND a.attname ~ '^[a-z][a-z0-9_]*$'
            AND a.attgenerated = '' AND NOT EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent))
            AND t.typname IN ('int2', 'int4', 'int8', 'text', 'varchar', 'bpchar', 'uuid', 'date', 'numeric')
            AND (a.attcollation = 0 OR a.attcollation = 100)
        ORDER BY c.oid, a.attnum
        """;

    private static final Map<String, String> LAYOUTS =
            Map.of("int2", "smallint", "int", "int", "int8", "bigint", "bpchar", "char");

    private final SortedMap<String, Object> declared = new TreeMap<>();
    private final List<String> home = new ArrayList<>();
    private final Map<String, String> leaders = new HashMap<>();
    private int tables;

    private RegressionTables() {}

    static ShardedDatabase.More make(Endpoint plain, RegressionFiles files) {
        try (WireClient client = WireClient.login(plain)) {
            String last = client.value("SELECT max(oid) FROM pg_class");
            client.query(SET);
            files.definitions().forEach(client::query);
            List.of("onek", "tenk1").forEach(table -> client.query(thousandRows(table)));
            dropForeignKeys(client);
            RegressionTables made = new RegressionTables();
            client.column(KEYS.replace("LAST", last)).forEach(key -> made.place(client, key.split(" ", -1)));
            client.column("ANALYZE");
            return new ShardedDatabase.More(made.home, made.declared);
        }
    }

    /// Rows as those that the tests load from files: each column is what is left of the first by some divisor.
    private static String thousandRows(String table) {
        return """
            INSERT INTO %s
            SELECT u, i, u %% 2, u %% 4, u %% 10, u %% 20, u %% 100, u %% 1000, u %% 2000, u %% 5000, u %% 10000,
                u %% 100 * 2, u %% 100 * 2 + 1, chr(65 + u %% 26) || 'AAAA', chr(65 + i %% 26) || 'BBBB',
                (ARRAY['AAAAxx', 'HHHHxx', 'OOOOxx', 'VVVVxx'])[i %% 4 + 1]
            FROM (SELECT i, (i * 7919 + 13) %% 1000 AS u FROM generate_series(0, 999) AS i) AS s
            """.formatted(table);
    }

    private static void dropForeignKeys(WireClient client) {
        client.column("""
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
            FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text NOT IN
                ('customers', 'orders', 'items', 'employees')
            """).forEach(client::query);
    }

    private void place(WireClient client, String[] key) {
        String table = key[0];
        String type = LAYOUTS.getOrDefault(key[2], key[2]);
        switch (tables++ % 6) {
            case 4 -> declared.put(table + ".kind", "reference");
            case 5 -> home.add(table);
            default -> {
                client.column("ALTER TABLE " + table + " ADD CONSTRAINT on_its_shard CHECK (placed.is_here("
                        + "placed.remainder('placed.of_" + type + "', " + key[1] + "), 4096)) NOT VALID");
                shard(table, key[1], type);
            }
        }
    }

    private void shard(String table, String column, String type) {
        declared.put(table + ".key", List.of(column));
        String leader = leaders.putIfAbsent(type, table);
        if (leader != null) {
            declared.put(table + ".kind", "colocated");
            declared.put(table + ".colocated-with", leader);
        }
    }
}
