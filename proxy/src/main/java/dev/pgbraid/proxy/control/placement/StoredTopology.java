package dev.pgbraid.proxy.control.placement;

import dev.pgbraid.config.SchemaConfig;
import dev.pgbraid.proxy.control.json.Json;
import dev.pgbraid.proxy.control.json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Which tables are sharded how, and where their buckets are, in one epoch.
///
/// @param epoch its number; each change is the next one
/// @param moved the last epoch whose rows are elsewhere than before
/// @param shards the names of the shards in their order, the home shard first
/// @param changes the last changes, the oldest first
/// @param schemas the schemas that are on one shard
/// @param held a table that is about to go from one shard to several or the other way, as it is on several: nobody may
///     use it in this epoch
public record StoredTopology(
        long epoch,
        long moved,
        List<String> shards,
        List<Change> changes,
        List<SchemaConfig> schemas,
        List<StoredTable> tables,
        Optional<StoredTable> held) {
    private static final int CHANGES_MAX = 100;

    /// What there is before anything is stored.
    public static final StoredTopology NOTHING =
            new StoredTopology(0, 0, List.of(), List.of(), List.of(), List.of(), Optional.empty());

    public StoredTopology {
        shards = List.copyOf(shards);
        changes = List.copyOf(changes);
        schemas = List.copyOf(schemas);
        tables = List.copyOf(tables);
    }

    /// Who has made an epoch.
    ///
    /// @param name one that no other change has
    public record Change(long epoch, String name) {}

    /// The table of that qualified name.
    public Optional<StoredTable> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /// Whether a change has been made, if that can still be told.
    public boolean has(Change change) {
        return changes.contains(change);
    }

    /// The next epoch, made by a change of that name.
    public StoredTopology next(String change, List<SchemaConfig> nextSchemas, List<StoredTable> nextTables) {
        return new StoredTopology(epoch + 1, moved, shards, changes(change), nextSchemas, nextTables, Optional.empty());
    }

    /// The same epoch, with the shards that there are by now.
    public StoredTopology over(List<String> nextShards) {
        return new StoredTopology(epoch, moved, nextShards, changes, schemas, tables, held);
    }

    /// The next epoch, in which everything is where it was.
    public StoredTopology next(String change) {
        return next(change, schemas, tables);
    }

    /// The next epoch, in which everything is where it was and nobody may use a table.
    ///
    /// @param table as it is on several shards, or will be
    public StoredTopology holding(String change, StoredTable table) {
        return new StoredTopology(epoch + 1, moved, shards, changes(change), schemas, tables, Optional.of(table));
    }

    /// The same epoch, with the table that is held as it is on several shards: so nobody reaches it unseen.
    public StoredTopology seenHeld() {
        List<StoredTable> seen = new ArrayList<>(tables);
        held.ifPresent(table -> {
            seen.removeIf(other -> other.name().equals(table.name()));
            seen.add(table);
        });
        return new StoredTopology(epoch, moved, shards, changes, schemas, seen, held);
    }

    private List<Change> changes(String next) {
        List<Change> made = new ArrayList<>(changes);
        made.add(new Change(epoch + 1, next));
        return made.subList(Math.max(0, made.size() - CHANGES_MAX), made.size());
    }

    /// The next epoch, in which the rows of `table` are elsewhere, as given.
    public StoredTopology with(String change, StoredTable table) {
        List<StoredTable> next = new ArrayList<>(tables);
        next.removeIf(other -> other.name().equals(table.name()));
        next.add(table);
        return new StoredTopology(epoch + 1, epoch + 1, shards, changes(change), schemas, next, Optional.empty());
    }

    public String toText() {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        members.put("epoch", new Json.Whole(epoch));
        members.put("moved", new Json.Whole(moved));
        members.put("shards", Json.ofTexts(shards));
        members.put(
                "changes",
                new Json.Array(changes.stream().map(StoredTopology::toJson).toList()));
        members.put(
                "schemas",
                new Json.Array(schemas.stream().map(StoredTopology::toJson).toList()));
        members.put(
                "tables",
                new Json.Array(tables.stream().map(StoredTable::toJson).toList()));
        held.ifPresent(table -> members.put("held", table.toJson()));
        return new Json.Members(members).write();
    }

    /// Reads what [#toText] has written.
    ///
    /// @throws StoreFailure if it is something else
    public static StoredTopology of(String text) throws StoreFailure {
        try {
            Json.Members members = Json.read(text).object();
            return new StoredTopology(
                    members.get("epoch").number(),
                    members.get("moved").number(),
                    members.get("shards").texts(),
                    members.get("changes").elements().stream()
                            .map(StoredTopology::change)
                            .toList(),
                    members.get("schemas").elements().stream()
                            .map(StoredTopology::schema)
                            .toList(),
                    members.get("tables").elements().stream()
                            .map(StoredTable::of)
                            .toList(),
                    members.find("held").map(StoredTable::of));
        } catch (JsonException | IllegalArgumentException broken) {
            throw new StoreFailure("the stored placement cannot be read: " + broken.getMessage(), broken);
        }
    }

    private static Json toJson(Change change) {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        members.put("epoch", new Json.Whole(change.epoch));
        members.put("name", new Json.Text(change.name));
        return new Json.Members(members);
    }

    private static Change change(Json json) {
        return new Change(
                json.object().get("epoch").number(), json.object().get("name").text());
    }

    private static Json toJson(SchemaConfig schema) {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        members.put("name", new Json.Text(schema.name()));
        members.put("shard", new Json.Text(schema.shard()));
        return new Json.Members(members);
    }

    private static SchemaConfig schema(Json json) {
        return new SchemaConfig(
                json.object().get("name").text(), json.object().get("shard").text());
    }
}
