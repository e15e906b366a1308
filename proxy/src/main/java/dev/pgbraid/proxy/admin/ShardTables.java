package dev.pgbraid.proxy.admin;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.ShardConfig;
import dev.pgbraid.proxy.admin.Totals.ShardTotals;
import dev.pgbraid.proxy.console.Column;
import dev.pgbraid.proxy.control.ClusterListing;
import java.util.List;
import java.util.function.BiConsumer;

/// Shows what only a proxy of several shards has.
final class ShardTables {
    private static final List<Column> SHARDS = ConsoleTable.columns(
            "database",
            "#number",
            "name",
            "#is_home",
            "host",
            "#port",
            "shard_database",
            "#active",
            "#idle",
            "#waiting",
            "#paused",
            "#epoch",
            "problem");
    private static final List<Column> TABLES =
            ConsoleTable.columns("database", "name", "kind", "key", "group", "#buckets", "problem");
    private static final List<Column> BUCKETS = ConsoleTable.columns("database", "group", "#first", "#last", "shard");

    private final ProxyView proxy;

    ShardTables(ProxyView proxy) {
        this.proxy = proxy;
    }

    List<Command> commands() {
        return List.of(
                Command.show("SHARDS", SHARDS, this::shards),
                Command.show(
                        "TABLES", TABLES, table -> listings((database, listing) -> tables(table, database, listing))),
                Command.show(
                        "BUCKETS",
                        BUCKETS,
                        table -> listings((database, listing) -> buckets(table, database, listing))));
    }

    private void shards(ConsoleTable table) {
        Totals totals = proxy.totals();
        for (DatabaseConfig database : proxy.config().get().databases()) {
            List<ShardConfig> shards = database.shards();
            for (int i = 0; i < shards.size(); i++) {
                ShardConfig shard = shards.get(i);
                ShardTotals state =
                        totals.shards().getOrDefault(new ShardName(database.name(), shard.name()), new ShardTotals());
                table.add(
                        database.name(),
                        i,
                        shard.name(),
                        i == 0 ? 1 : 0,
                        shard.host(),
                        shard.port(),
                        shard.database(),
                        state.lent(),
                        state.idle(),
                        state.waiting(),
                        state.isPaused() ? 1 : 0,
                        proxy.epoch(database.name()),
                        state.failure().orElse(null));
            }
        }
    }

    private void listings(BiConsumer<String, ClusterListing> action) {
        proxy.clusters().forEach((name, cluster) -> action.accept(name, cluster.listing()));
    }

    private static void tables(ConsoleTable table, String database, ClusterListing listing) {
        for (ClusterListing.Table each : listing.tables()) {
            table.add(
                    database,
                    each.name(),
                    each.kind(),
                    String.join(", ", each.key()),
                    each.group().orElse(null),
                    each.buckets(),
                    each.problem().orElse(null));
        }
    }

    private static void buckets(ConsoleTable table, String database, ClusterListing listing) {
        for (ClusterListing.Buckets run : listing.buckets()) {
            table.add(database, run.group(), run.first(), run.last(), run.shard());
        }
    }
}
