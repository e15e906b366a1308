package dev.pgbraid.router.analysis;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult;
import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.router.catalog.AttachedCode;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ColumnDefault;
import dev.pgbraid.router.catalog.DataType;
import dev.pgbraid.router.catalog.Function;
import dev.pgbraid.router.catalog.ImplicitCast;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Operator;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.UniqueIndex;
import dev.pgbraid.router.catalog.Volatility;
import dev.pgbraid.router.key.KeyCollation;
import dev.pgbraid.router.topology.DeclaredTopology;
import dev.pgbraid.router.topology.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A database with tables of every kind.
final class ExampleDatabase {
    private static final int INT8 = 20;
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int VARCHAR = 1043;
    private static final int NUMERIC = 1700;
    private static final int TIMESTAMPTZ = 1184;
    private static final int JSONB = 3802;
    private static final int DOMAIN = 20_001;
    private static final int CITEXT = 20_002;

    private static final String TABLES = """
        auth: {users: {shop: {password: secret}}}
        databases:
          shop:
            control: {user: control, password: secret}
            shards:
              a: {host: localhost}
              b: {host: localhost}
              c: {host: localhost}
              d: {host: localhost}
            schemas:
              tenant_b: {shard: b}
            tables:
              users: {key: [id], strategy: modulo}
              orders: {kind: colocated, key: [user_id], colocated-with: users}
              items: {kind: colocated, key: [user_id], colocated-with: users}
              domained: {kind: colocated, key: [user_id], colocated-with: users}
              events: {key: [tenant], strategy: modulo}
              pairs: {key: [x, y]}
              measures:
                key: [at]
                strategy: range
                ranges: {low: {to: 100, shard: b}, middle: {from: 100, to: 200, shard: c}}
              places:
                key: [region]
                strategy: list
                lists: {eu: {values: [pl, de], shard: b}, us: {values: [us], shard: c}}
                default-shard: d
              amounts: {key: [amount]}
              guarded: {kind: colocated, key: [user_id], colocated-with: users}
              watched: {kind: colocated, key: [user_id], colocated-with: users}
              shared: {kind: colocated, key: [user_id], colocated-with: users}
              stamped: {kind: colocated, key: [user_id], colocated-with: users}
              rekeyed: {kind: colocated, key: [user_id], colocated-with: users}
              planned: {key: [id]}
              drifted: {key: [id]}
              parts: {kind: colocated, key: [user_id], colocated-with: users}
              countries: {kind: reference}
              currencies: {kind: reference}
              rates: {kind: reference}
        """;

    private ExampleDatabase() {}

    static Snapshot snapshot() {
        DatabaseConfig database = database();
        Catalog catalog = catalog();
        return new Snapshot(catalog, DeclaredTopology.of(database, catalog, _ -> _ -> OptionalInt.empty()));
    }

    private static DatabaseConfig database() {
        ConfigResult result = ConfigReader.read("file", TABLES, Path.of(""), _ -> null);
        return switch (result) {
            case ConfigResult.Valid valid -> valid.config().databases().getFirst();
            case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.report());
        };
    }

    private static Catalog catalog() {
        Catalog.Builder catalog =
                Catalog.builder().schema("public").schema("tenant_b").schema("app");
        catalog.type(new DataType(DOMAIN, name("user_number"), DataType.Kind.DOMAIN, INT8, -1));
        catalog.type(DataType.of(CITEXT, name("citext"), DataType.Kind.BASE));
        builtInTypes(catalog);
        catalog.operator(new Operator(name("="), CITEXT, CITEXT, Volatility.IMMUTABLE));
        catalog.operator(new Operator(new ObjectName("app", "="), INT8, INT8, Volatility.IMMUTABLE));
        catalog.operator(new Operator(name("~~~"), TEXT, TEXT, Volatility.VOLATILE));
        catalog.implicitCast(new ImplicitCast(CITEXT, TEXT));
        sharded(catalog);
        byOtherKeys(catalog);
        others(catalog);
        views(catalog);
        functions(catalog);
        return catalog.build();
    }

    private static void builtInTypes(Catalog.Builder catalog) {
        Map.of(
                        INT4,
                        "int4",
                        INT8,
                        "int8",
                        TEXT,
                        "text",
                        VARCHAR,
                        "varchar",
                        NUMERIC,
                        "numeric",
                        TIMESTAMPTZ,
                        "timestamptz",
                        JSONB,
                        "jsonb",
                        1082,
                        "date",
                        1186,
                        "interval",
                        3910,
                        "tstzrange")
                .forEach((oid, type) -> catalog.type(DataType.of(oid, ObjectName.builtIn(type), DataType.Kind.BASE)));
    }

    private static void sharded(Catalog.Builder catalog) {
        table(
                catalog,
                "users",
                List.of(List.of("id")),
                column("id", INT8),
                column("name", TEXT),
                column("email", TEXT));
        table(
                catalog,
                "orders",
                List.of(List.of("user_id", "id")),
                column("id", INT8),
                column("user_id", INT8),
                column("total", NUMERIC),
                column("note", TEXT),
                column("created", TIMESTAMPTZ));
        table(catalog, "items", List.of(), column("order_id", INT8), column("user_id", INT4), column("sku", TEXT));
        table(catalog, "domained", List.of(), column("user_id", DOMAIN), column("v", INT4));
        table(
                catalog,
                "events",
                List.of(List.of("n")),
                column("tenant", VARCHAR),
                column("n", INT4).withDefault(counted("events_n_seq")),
                column("body", JSONB));
        guarded(catalog);
        withCode(catalog);
        partitioned(catalog);
    }

    private static void byOtherKeys(Catalog.Builder catalog) {
        table(catalog, "pairs", List.of(), column("x", INT8), column("y", TEXT), column("v", INT4));
        table(catalog, "measures", List.of(), column("at", INT8), column("value", NUMERIC));
        table(
                catalog,
                "places",
                List.of(List.of("region", "id")),
                column("region", TEXT)
                        .withDefault(new ColumnDefault(
                                ColumnDefault.Kind.DEFAULT, "'pl'::text", Volatility.IMMUTABLE, List.of())),
                column("id", INT8).withDefault(counted("places_id_seq")));
        table(catalog, "amounts", List.of(), column("amount", NUMERIC), column("v", INT4));
        catalog.disjointSequence(name("places_id_seq"));
    }

    private static void guarded(Catalog.Builder catalog) {
        secured(catalog, "guarded", column("user_id", INT8), column("v", INT4));
        secured(catalog, "rates", column("code", TEXT));
        catalog.relation(new Relation(
                name("drifted"),
                Relation.Kind.TABLE,
                List.of(column("id", INT8)),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                Optional.empty(),
                Optional.of("has a column on shard b that it does not have on shard a")));
    }

    private static void secured(Catalog.Builder catalog, String table, Column... columns) {
        catalog.relation(new Relation(
                name(table),
                Relation.Kind.TABLE,
                List.of(columns),
                List.of(),
                List.of(),
                List.of(),
                Set.of(Relation.Trait.ROW_SECURITY),
                Optional.empty(),
                Optional.empty()));
    }

    private static void withCode(Catalog.Builder catalog) {
        code(catalog, "guarded", List.of("countries"), "", "rule \"r\"", Set.of());
        code(catalog, "watched", List.of(), "policy \"p\"", "", Set.of());
        code(catalog, "shared", List.of("orders"), "", "", Set.of());
        code(catalog, "stamped", List.of(), "", "", Set.of("v"));
        code(catalog, "rekeyed", List.of(), "", "", Set.of("v", "user_id"));
        code(catalog, "logged", List.of("settings"), "", "trigger \"t\"", Set.of());
        for (String table : List.of("watched", "shared", "stamped", "rekeyed", "logged")) {
            table(catalog, table, List.of(), column("user_id", INT8), column("v", INT4));
        }
    }

    private static void code(
            Catalog.Builder catalog,
            String table,
            List<String> policyTables,
            String reading,
            String writing,
            Set<String> assigned) {
        AttachedCode code = new AttachedCode(
                List.of(),
                Optional.of(reading).filter(policy -> !policy.isEmpty()),
                policyTables.stream().map(ExampleDatabase::name).toList(),
                Optional.of(writing).filter(trigger -> !trigger.isEmpty()),
                assigned);
        catalog.code(name(table), code);
    }

    private static void partitioned(Catalog.Builder catalog) {
        List<Column> columns = List.of(column("user_id", INT8), column("v", INT4));
        catalog.relation(Relation.of(name("parts"), Relation.Kind.PARTITIONED_TABLE, columns));
        catalog.relation(new Relation(
                name("parts_1"),
                Relation.Kind.TABLE,
                columns,
                List.of(name("parts")),
                List.of(),
                List.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty()));
    }

    private static void others(Catalog.Builder catalog) {
        table(catalog, "countries", List.of(), column("code", TEXT), column("name", TEXT), column("size", INT4));
        table(catalog, "currencies", List.of(), column("code", TEXT), column("rate", NUMERIC));
        table(catalog, "settings", List.of(), column("k", TEXT), column("v", TEXT));
        table(catalog, "audit", List.of(), column("id", INT8), column("user_id", INT8));
        catalog.relation(
                Relation.of(new ObjectName("tenant_b", "docs"), Relation.Kind.TABLE, List.of(column("id", INT8))));
        for (String sequence : List.of("events_n_seq", "places_id_seq", "audit_id_seq")) {
            catalog.relation(Relation.of(name(sequence), Relation.Kind.SEQUENCE, List.of()));
        }
    }

    private static void views(Catalog.Builder catalog) {
        view(
                catalog,
                "user_orders",
                " SELECT u.id AS owner, u.name, o.id AS order_id, o.total\n   FROM public.users u\n"
                        + "     JOIN public.orders o ON ((o.user_id = u.id));",
                "owner",
                "name",
                "order_id",
                "total");
        view(catalog, "order_count", " SELECT count(*) AS n FROM public.orders;", "n");
        view(
                catalog,
                "order_totals",
                " SELECT user_id, sum(total) AS s FROM public.orders GROUP BY user_id;",
                "user_id",
                "s");
        view(
                catalog,
                "acme",
                " SELECT tenant, n FROM public.events WHERE ((tenant)::text = 'acme'::text);",
                "tenant",
                "n");
        view(catalog, "five", " SELECT name FROM public.users WHERE (id = 5);", "name");
        view(catalog, "set", " SELECT k FROM public.settings;", "k");
        view(catalog, "lands", " SELECT code FROM public.countries;", "code");
        view(catalog, "one", " SELECT 1 AS x;", "x");
        view(catalog, "latest", " SELECT user_id, id FROM public.orders ORDER BY id LIMIT 3;", "user_id", "id");
        view(catalog, "broken", " SELECT FROM WHERE", "x");
    }

    private static void functions(Catalog.Builder catalog) {
        for (String aggregate : List.of("count", "sum", "avg", "min", "max", "array_agg", "string_agg")) {
            function(catalog, ObjectName.builtIn(aggregate), Function.Kind.AGGREGATE, Volatility.IMMUTABLE, "internal");
        }
        for (String window : List.of("row_number", "rank", "lag")) {
            function(catalog, ObjectName.builtIn(window), Function.Kind.WINDOW, Volatility.IMMUTABLE, "internal");
        }
        for (String immutable : List.of("lower", "upper", "abs", "length", "generate_series", "unnest", "round")) {
            function(catalog, ObjectName.builtIn(immutable), Function.Kind.FUNCTION, Volatility.IMMUTABLE, "internal");
        }
        for (String stable : List.of(
                "now",
                "to_char",
                "current_setting",
                "version",
                "pg_get_viewdef",
                "pg_typeof",
                "date_trunc",
                "date",
                "timestamptz",
                "jsonb_to_record",
                "jsonb_populate_record")) {
            function(catalog, ObjectName.builtIn(stable), Function.Kind.FUNCTION, Volatility.STABLE, "internal");
        }
        changingFunctions(catalog);
        function(catalog, name("pure"), Function.Kind.FUNCTION, Volatility.IMMUTABLE, "sql");
        function(catalog, name("looks"), Function.Kind.FUNCTION, Volatility.STABLE, "sql");
        function(catalog, name("writes"), Function.Kind.FUNCTION, Volatility.VOLATILE, "plpgsql");
    }

    private static void changingFunctions(Catalog.Builder catalog) {
        for (String changing : List.of(
                "random",
                "gen_random_uuid",
                "pg_backend_pid",
                "pg_advisory_lock",
                "set_config",
                "nextval",
                "currval",
                "lastval",
                "setval",
                "clock_timestamp",
                "pg_notify",
                "txid_current",
                "pg_sleep")) {
            function(catalog, ObjectName.builtIn(changing), Function.Kind.FUNCTION, Volatility.VOLATILE, "internal");
        }
    }

    private static void function(
            Catalog.Builder catalog, ObjectName name, Function.Kind kind, Volatility volatility, String language) {
        catalog.function(new Function(name, kind, List.of(), TEXT, List.of(), false, volatility, language));
    }

    private static void view(Catalog.Builder catalog, String name, String definition, String... columns) {
        catalog.relation(new Relation(
                name(name),
                Relation.Kind.VIEW,
                List.of(columns).stream().map(column -> column(column, TEXT)).toList(),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                Optional.of(definition),
                Optional.empty()));
    }

    private static void table(Catalog.Builder catalog, String name, List<List<String>> unique, Column... columns) {
        catalog.relation(new Relation(
                name(name),
                Relation.Kind.TABLE,
                List.of(columns),
                List.of(),
                unique.stream()
                        .map(key -> new UniqueIndex(name + "_key", key, false))
                        .toList(),
                List.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty()));
    }

    private static ColumnDefault counted(String sequence) {
        return new ColumnDefault(
                ColumnDefault.Kind.DEFAULT,
                "nextval('" + sequence + "'::regclass)",
                Volatility.VOLATILE,
                List.of(name(sequence)));
    }

    private static Column column(String name, int type) {
        boolean isText = type == TEXT || type == VARCHAR;
        KeyCollation collation = isText ? KeyCollation.DETERMINISTIC : KeyCollation.BYTES;
        return new Column(name, type, -1, collation, false, Optional.empty());
    }

    private static ObjectName name(String name) {
        return new ObjectName("public", name);
    }
}
