package dev.pgbraid.loadtest.route;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult;
import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.topology.DeclaredTopology;
import dev.pgbraid.router.topology.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The database that the statements are about: four shards, no server.
final class RoutedShop {
    private static final int BIGINT = 20;
    private static final int TEXT = 25;
    private static final int TIMESTAMP = 1114;

    private static final String CONFIGURATION = """
        auth: {users: {shop: {password: secret}}}
        databases:
          shop:
            shards: {a: {host: h}, b: {host: h}, c: {host: h}, d: {host: h}}
            control: {user: control, password: secret}
            tables:
              orders: {key: [user_id]}
              items: {kind: colocated, key: [user_id], colocated-with: orders}
              countries: {kind: reference}
        """;

    private RoutedShop() {}

    static Snapshot snapshot() {
        Catalog catalog = Catalog.builder()
                .schema("public")
                .relation(table(
                        "orders",
                        Column.of("user_id", BIGINT),
                        Column.of("id", BIGINT),
                        Column.of("note", TEXT),
                        Column.of("total", BIGINT),
                        Column.of("placed", TIMESTAMP)))
                .relation(table(
                        "items",
                        Column.of("user_id", BIGINT),
                        Column.of("order_id", BIGINT),
                        Column.of("price", BIGINT)))
                .relation(table("countries", Column.of("code", TEXT), Column.of("name", TEXT)))
                .relation(table("notes", Column.of("id", BIGINT), Column.of("text", TEXT)))
                .build();
        return new Snapshot(catalog, DeclaredTopology.of(database(), catalog, _ -> _ -> OptionalInt.empty()));
    }

    private static Relation table(String name, Column... columns) {
        return Relation.of(new ObjectName("public", name), Relation.Kind.TABLE, List.of(columns));
    }

    private static DatabaseConfig database() {
        return switch (ConfigReader.read("bench", CONFIGURATION, Path.of(""), _ -> null)) {
            case ConfigResult.Valid valid -> valid.config().databases().getFirst();
            case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.report());
        };
    }

    static Perspective perspective() {
        return new Perspective(
                TextRules.DEFAULT, "shop", "\"$user\", public", Set.of(), Optional.empty(), Optional.empty());
    }
}
