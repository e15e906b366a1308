package dev.pgbraid.proxy.control.table;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.ShardConfig;
import dev.pgbraid.config.TableConfig;
import dev.pgbraid.proxy.control.placement.StoredTable;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.sharding.DeclaredSharding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What is stored after a change, if the change makes sense.
final class NextTopology {
    private static final int BUCKETS_DEFAULT = 4096;
    private static final int BUCKETS_MAX = 65_536;
    private static final int VIRTUAL_NODES_DEFAULT = 150;

    private NextTopology() {}

    static StoredTopology of(
            TableChange change, DatabaseConfig file, StoredTopology stored, Catalog catalog, String name)
            throws Refusal {
        Optional<StoredTable> before = stored.table(change.table().toString());
        if (file.schemas().stream()
                .anyMatch(schema -> schema.name().equals(change.table().schema()))) {
            throw Refusal.unsupported(
                    "schema " + change.table().schema() + " is on one shard with all its tables",
                    "Leave it out of schemas in the configuration file.");
        }
        List<String> shards = file.shards().stream().map(ShardConfig::name).toList();
        if (change instanceof TableChange.Place place) {
            return stored.with(name, NextDirectory.of(place, before, catalog));
        }
        if (change instanceof TableChange.Gather) {
            return gathered(change.table(), stored, before, name, shards);
        }
        if (before.isPresent() && before.get().declared().kind() != TableConfig.Kind.HOME) {
            throw Refusal.unsupported(
                    "table " + change.table() + " is on several shards already",
                    "Bring its rows back first: SELECT pgbraid.home_table('" + change.table() + "').");
        }
        TableConfig declared = switch (change) {
            case TableChange.Shard shard -> sharded(shard, stored, catalog);
            case TableChange.Copy _, TableChange.Gather _, TableChange.Place _ ->
                declared(change.table(), TableConfig.Kind.REFERENCE, List.of(), Optional.empty(), BUCKETS_DEFAULT);
        };
        return stored.with(name, StoredTable.first(declared, shards));
    }

    private static StoredTopology gathered(
            ObjectName table, StoredTopology stored, Optional<StoredTable> before, String name, List<String> shards)
            throws Refusal {
        if (before.isEmpty() || before.get().declared().kind() == TableConfig.Kind.HOME) {
            throw new Refusal(
                    "55000", "table " + table + " is on the home shard alone already", "There is nothing to do.");
        }
        Optional<StoredTable> follower = stored.tables().stream()
                .filter(other -> other.declared()
                        .colocatedWith()
                        .filter(leader -> leader.equals(table.toString()))
                        .isPresent())
                .findFirst();
        if (follower.isPresent()) {
            throw Refusal.unsupported(
                    "table " + follower.get().name() + " is colocated with " + table,
                    "Bring that one back first: SELECT pgbraid.home_table('"
                            + follower.get().name() + "').");
        }
        // A file that still says something else is then seen to contradict it.
        TableConfig home = declared(table, TableConfig.Kind.HOME, List.of(), Optional.empty(), BUCKETS_DEFAULT);
        return stored.with(name, StoredTable.first(home, shards));
    }

    private static TableConfig sharded(TableChange.Shard change, StoredTopology stored, Catalog catalog)
            throws Refusal {
        int buckets = change.buckets().orElse(BUCKETS_DEFAULT);
        if (buckets < 1 || buckets > BUCKETS_MAX || Integer.bitCount(buckets) != 1) {
            throw new Refusal(
                    "22023",
                    "buckets must be a power of two up to " + BUCKETS_MAX + ", is " + buckets,
                    "Leave it out.");
        }
        if (change.key().isEmpty()
                || new HashSet<>(change.key()).size() < change.key().size()) {
            throw new Refusal("22023", "the key must be one column or several different ones", "Name them.");
        }
        List<KeyColumn> key = keyColumns(change.table(), change.key(), catalog);
        Optional<ObjectName> leader = change.colocatedWith();
        if (leader.isEmpty()) {
            return declared(change.table(), TableConfig.Kind.SHARDED, change.key(), Optional.empty(), buckets);
        }
        TableConfig leading = stored.table(leader.get().toString())
                .map(StoredTable::declared)
                .filter(table -> table.kind() == TableConfig.Kind.SHARDED)
                .orElseThrow(() -> new Refusal(
                        "22023", "table " + leader.get() + " has no sharding of its own", "Name one that has."));
        if (leading.strategy() != TableConfig.Strategy.HASH || leading.key().size() != key.size()) {
            throw Refusal.unsupported(
                    "table " + leader.get() + " is sharded by " + leading.strategy() + " of " + leading.key(),
                    "Only tables of strategy hash, with as many key columns, can be joined in this way; others are"
                            + " declared in the configuration file.");
        }
        Optional<String> problem =
                DeclaredSharding.colocationProblem(keyColumns(leader.get(), leading.key(), catalog), key);
        if (problem.isPresent()) {
            throw new Refusal("42804", problem.get(), "Change the type of the column.");
        }
        return declared(
                change.table(),
                TableConfig.Kind.COLOCATED,
                change.key(),
                leader.map(ObjectName::toString),
                BUCKETS_DEFAULT);
    }

    /// The name of a table that is stored.
    static ObjectName name(StoredTable table) {
        int dot = table.name().indexOf('.');
        return new ObjectName(table.name().substring(0, dot), table.name().substring(dot + 1));
    }

    /// The key columns of a table as the catalog has them.
    static List<KeyColumn> keyColumns(ObjectName table, List<String> key, Catalog catalog) throws Refusal {
        Relation relation = catalog.relation(table)
                .orElseThrow(() ->
                        new Refusal("42P01", "relation \"" + table + "\" does not exist", "Make the table first."));
        List<KeyColumn> columns = new ArrayList<>();
        for (String name : key) {
            Column column = relation.column(name)
                    .orElseThrow(() ->
                            new Refusal("42703", "table " + table + " has no column " + name, "Name one that it has."));
            columns.add(catalog.keyColumn(column)
                    .orElseThrow(() -> Refusal.unsupported(
                            "the type of column " + name + " cannot be that of a key", "Take another column.")));
        }
        return columns;
    }

    private static TableConfig declared(
            ObjectName table, TableConfig.Kind kind, List<String> key, Optional<String> leader, int buckets) {
        return new TableConfig(
                table.toString(),
                kind,
                key,
                leader,
                TableConfig.Strategy.HASH,
                buckets,
                VIRTUAL_NODES_DEFAULT,
                List.of(),
                List.of(),
                Optional.empty(),
                TableConfig.NewKeys.HASH);
    }
}
