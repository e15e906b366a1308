package dev.pgbraid.proxy.control.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgbraid.config.TableConfig;
import dev.pgbraid.proxy.control.placement.StoredTable;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.key.KeyReading;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is stored of a directory when a key has been given a place, if that makes sense.
final class NextDirectory {
    /// They are stored and known as a whole.
    private static final int ENTRIES_MAX = 10_000;

    private NextDirectory() {}

    static StoredTable of(TableChange.Place change, Optional<StoredTable> before, Catalog catalog) throws Refusal {
        StoredTable table = before.filter(stored -> stored.declared().kind() == TableConfig.Kind.SHARDED
                        && stored.declared().strategy() == TableConfig.Strategy.DIRECTORY)
                .orElseThrow(() -> Refusal.unsupported(
                        "table " + change.table() + " has no directory of its keys",
                        "Only keys of tables that are declared with strategy directory are placed one by one."));
        requireKey(change, table, catalog);
        boolean isNew = table.entries().stream().noneMatch(entry -> entry.key().equals(change.key()));
        if (isNew && table.entries().size() >= ENTRIES_MAX) {
            throw new Refusal(
                    "54000",
                    "the directory of table " + change.table() + " has " + ENTRIES_MAX + " keys already",
                    "Let the others have their places by hash: new-keys: hash.");
        }
        String shard = change.shard().orElseGet(() -> leastLoaded(table));
        if (!table.placement().contains(shard)) {
            throw new Refusal(
                    "22023", "there is no shard \"" + shard + "\"", "The shards are: " + table.placement() + ".");
        }
        return table.placing(new StoredTable.Entry(change.key(), shard));
    }

    private static void requireKey(TableChange.Place change, StoredTable table, Catalog catalog) throws Refusal {
        List<KeyColumn> key =
                NextTopology.keyColumns(change.table(), table.declared().key(), catalog);
        if (key.size() > 1) {
            throw Refusal.unsupported(
                    "the key of table " + change.table() + " has " + key.size() + " columns",
                    "Only keys of one column are placed one by one.");
        }
        byte[] written = change.key().getBytes(UTF_8);
        switch (key.getFirst().type().readText(written, 0, written.length)) {
            case KeyReading.Proven _ -> {}
            case KeyReading.Unprovable(String reason) ->
                throw new Refusal(
                        "22023",
                        "the key \"" + change.key() + "\" " + reason,
                        "Write it in the form that PostgreSQL shows it in.");
            case KeyReading.Invalid(String sqlState, String message) ->
                throw new Refusal(sqlState, message, "Write it in the form that PostgreSQL shows it in.");
        }
    }

    private static String leastLoaded(StoredTable table) {
        return table.placement().stream()
                .min(Comparator.comparingLong(shard -> table.entries().stream()
                        .filter(entry -> entry.shard().equals(shard))
                        .count()))
                .orElseThrow();
    }
}
