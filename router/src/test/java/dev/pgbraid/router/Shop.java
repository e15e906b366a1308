package dev.pgbraid.router;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult;
import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.router.catalog.AttachedCode;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ColumnDefault;
import dev.pgbraid.router.catalog.Function;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.Volatility;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import dev.pgbraid.router.topology.DeclaredTopology;
import dev.pgbraid.router.topology.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// A database of a shop on three shards, for tests.
///
/// `orders` and `items` are colocated, `events` are sharded by something else, `countries` are everywhere, `tenant` is
/// a
/// schema on shard `b`, `notes` and `remarks` are at home. `planned` and `rates` are declared and not there yet.
public final class Shop {
    public static final int INT4 = 23;
    public static final int INT8 = 20;
    public static final int TEXT = 25;

    private static final String TABLES = """
        tables:
          orders: {key: [user_id]}
          items: {kind: colocated, key: [user_id], colocated-with: orders}
          events: {key: [day], strategy: modulo}
          "audit.log": {key: [id]}
          planned: {key: [id]}
          countries: {kind: reference}
          rates: {kind: reference}
        schemas: {tenant: {shard: b}}
        """;

    private Shop() {}

    /// The shop on these shards, the first of which is home.
    public static Snapshot on(String... shards) {
        Catalog catalog = catalog();
        String names = List.of(shards).stream()
                .map(shard -> shard + ": {host: h}")
                .collect(Collectors.joining(", ", "{", "}"));
        DatabaseConfig database = database("    shards: " + names + "\n" + TABLES.indent(4));
        return new Snapshot(catalog, DeclaredTopology.of(database, catalog, _ -> _ -> OptionalInt.empty()));
    }

    private static DatabaseConfig database(String text) {
        ConfigResult result = ConfigReader.read("file", """
            auth: {users: {shop: {password: secret}}}
            databases:
              shop:
                control: {user: control, password: secret}
            """ + text, Path.of(""), _ -> null);
        return switch (result) {
            case ConfigResult.Valid valid -> valid.config().databases().getFirst();
            case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.report());
        };
    }

    private static Catalog catalog() {
        return Catalog.builder()
                .schema("public")
                .schema("audit")
                .schema("tenant")
                .schema("alice")
                .relation(table("public", "orders", Column.of("user_id", INT8), numbered("id", "orders_id_seq")))
                .relation(table("public", "items", Column.of("user_id", INT8), Column.of("price", INT4)))
                .relation(table("public", "events", Column.of("day", TEXT), Column.of("what", TEXT)))
                .relation(table("audit", "log", Column.of("id", INT8)))
                .relation(table("public", "countries", Column.of("code", TEXT)))
                .relation(table("public", "notes", numbered("id", "notes_id_seq"), Column.of("text", TEXT)))
                .relation(table("public", "remarks", Column.of("text", TEXT)))
                .relation(table("tenant", "notes", Column.of("id", INT8)))
                .relation(table("public", "watched", Column.of("id", INT8)))
                .code(
                        new ObjectName("public", "watched"),
                        new AttachedCode(
                                List.of(), Optional.of("policy p"), List.of(), Optional.of("trigger t"), Set.of()))
                .relation(sequence("orders_id_seq"))
                .relation(sequence("notes_id_seq"))
                .relation(sequence("numbers"))
                .relation(view("open_orders", " SELECT orders.id FROM public.orders;"))
                .relation(view("codes", " SELECT countries.code FROM public.countries"))
                .relation(view("own_notes", " SELECT n.text FROM public.notes n JOIN public.codes c ON true"))
                .relation(view("deeper", " SELECT o.id FROM public.open_orders o"))
                .index(new ObjectName("public", "orders_pkey"), new ObjectName("public", "orders"))
                .index(new ObjectName("public", "notes_pkey"), new ObjectName("public", "notes"))
                .function(new Function(
                        new ObjectName("public", "tidy"),
                        Function.Kind.FUNCTION,
                        List.of(),
                        INT4,
                        List.of(),
                        false,
                        Volatility.VOLATILE,
                        "plpgsql"))
                .build();
    }

    private static Relation table(String schema, String name, Column... columns) {
        return Relation.of(new ObjectName(schema, name), Relation.Kind.TABLE, List.of(columns));
    }

    private static Relation sequence(String name) {
        return Relation.of(new ObjectName("public", name), Relation.Kind.SEQUENCE, List.of());
    }

    private static Column numbered(String name, String sequence) {
        ObjectName taken = new ObjectName("public", sequence);
        return Column.of(name, INT8)
                .withDefault(new ColumnDefault(
                        ColumnDefault.Kind.DEFAULT,
                        "nextval('" + taken + "'::regclass)",
                        Volatility.VOLATILE,
                        List.of(taken)));
    }

    private static Relation view(String name, String definition) {
        return new Relation(
                new ObjectName("public", name),
                Relation.Kind.VIEW,
                List.of(Column.of("x", TEXT)),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                Optional.of(definition),
                Optional.empty());
    }

    /// A session that has set nothing.
    public static Perspective perspective() {
        return new Perspective(
                TextRules.DEFAULT, "bob", "\"$user\", public", Set.of("mine"), Optional.empty(), Optional.empty());
    }

    /// A plan in few words.
    public static String shown(Plan plan) {
        return switch (plan) {
            case Plan.OnShard on -> on.shard().name();
            case Plan.OnAnyShard _ -> "any";
            case Plan.Scatter scatter -> "scatter " + names(scatter.shards());
            case Plan.Gather _ -> "gather";
            case Plan.Everywhere everywhere -> "every " + names(everywhere.shards());
            case Plan.Refused refused -> refused.sqlState() + " " + refused.message();
        };
    }

    private static String names(ShardSet shards) {
        return shards.stream().map(ShardId::name).collect(Collectors.joining());
    }
}
