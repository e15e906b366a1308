package dev.pgbraid.proxy.control.placement;

import dev.pgbraid.config.ListConfig;
import dev.pgbraid.config.RangeConfig;
import dev.pgbraid.config.TableConfig;
import dev.pgbraid.config.TableConfig.Strategy;
import dev.pgbraid.proxy.control.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/// A table as it is stored.
///
/// @param declared what it was declared to be
/// @param over the shards that there were then, in their order
/// @param placement the shard of each bucket; empty where the declaration itself says it, or there are no buckets
/// @param entries the keys that have a place of their own, for strategy `directory`
public record StoredTable(TableConfig declared, List<String> over, List<String> placement, List<Entry> entries) {
    public StoredTable {
        over = List.copyOf(over);
        placement = List.copyOf(placement);
        entries = List.copyOf(entries);
    }

    /// Where the rows of one key are.
    ///
    /// @param key as PostgreSQL shows it
    public record Entry(String key, String shard) {}

    /// The same table, where the rows of one key are on a shard.
    public StoredTable placing(Entry entry) {
        List<Entry> next = new ArrayList<>(entries);
        next.removeIf(other -> other.key().equals(entry.key()));
        next.add(entry);
        return new StoredTable(declared, over, placement, next);
    }

    /// A table with the placement that it begins with.
    public static StoredTable first(TableConfig declared, List<String> shards) {
        return new StoredTable(declared, shards, firstPlacement(declared, shards), List.of());
    }

    private static List<String> firstPlacement(TableConfig declared, List<String> shards) {
        int count = shards.size();
        int buckets = declared.kind() != TableConfig.Kind.SHARDED
                ? 0
                : switch (declared.strategy()) {
                    case HASH -> declared.buckets();
                    case MODULO, DIRECTORY -> count;
                    case RING -> count * declared.virtualNodes();
                    case RANGE, LIST -> 0;
                };
        return IntStream.range(0, buckets)
                .mapToObj(bucket -> shards.get((int) ((long) bucket * count / buckets)))
                .toList();
    }

    /// The name with its schema.
    public String name() {
        return declared.qualifiedName();
    }

    /// Whether keys find their buckets by how many shards there are, and in which order.
    public boolean countsShards() {
        Strategy strategy = declared.strategy();
        return declared.kind() == TableConfig.Kind.SHARDED
                && (strategy == Strategy.MODULO || strategy == Strategy.RING || strategy == Strategy.DIRECTORY);
    }

    Json toJson() {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        members.put("name", new Json.Text(declared.name()));
        members.put("kind", word(declared.kind()));
        members.put("key", Json.ofTexts(declared.key()));
        declared.colocatedWith().ifPresent(leader -> members.put("colocated-with", new Json.Text(leader)));
        members.put("strategy", word(declared.strategy()));
        members.put("buckets", new Json.Whole(declared.buckets()));
        members.put("virtual-nodes", new Json.Whole(declared.virtualNodes()));
        members.put(
                "ranges",
                new Json.Array(
                        declared.ranges().stream().map(StoredTable::toJson).toList()));
        members.put(
                "lists",
                new Json.Array(
                        declared.lists().stream().map(StoredTable::toJson).toList()));
        declared.defaultShard().ifPresent(shard -> members.put("default-shard", new Json.Text(shard)));
        members.put("new-keys", word(declared.newKeys()));
        members.put("over", Json.ofTexts(over));
        members.put("placement", runs());
        if (!entries.isEmpty()) {
            members.put(
                    "entries",
                    new Json.Array(entries.stream().map(StoredTable::toJson).toList()));
        }
        return new Json.Members(members);
    }

    static StoredTable of(Json json) {
        Json.Members members = json.object();
        TableConfig declared = new TableConfig(
                members.get("name").text(),
                constant(TableConfig.Kind.class, members.get("kind")),
                members.get("key").texts(),
                members.find("colocated-with").map(Json::text),
                constant(Strategy.class, members.get("strategy")),
                (int) members.get("buckets").number(),
                (int) members.get("virtual-nodes").number(),
                members.get("ranges").elements().stream()
                        .map(StoredTable::range)
                        .toList(),
                members.get("lists").elements().stream().map(StoredTable::list).toList(),
                members.find("default-shard").map(Json::text),
                constant(TableConfig.NewKeys.class, members.get("new-keys")));
        return new StoredTable(
                declared, members.get("over").texts(), placement(members.get("placement")), entries(members));
    }

    /// Runs of buckets on the same shard.
    private Json runs() {
        List<Json> runs = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= placement.size(); end++) {
            if (end == placement.size() || !placement.get(end).equals(placement.get(start))) {
                SequencedMap<String, Json> run = new LinkedHashMap<>();
                run.put("shard", new Json.Text(placement.get(start)));
                run.put("buckets", new Json.Whole(end - start));
                runs.add(new Json.Members(run));
                start = end;
            }
        }
        return new Json.Array(runs);
    }

    private static List<String> placement(Json runs) {
        List<String> placement = new ArrayList<>();
        for (Json run : runs.elements()) {
            Json.Members members = run.object();
            placement.addAll(Collections.nCopies(
                    (int) members.get("buckets").number(), members.get("shard").text()));
        }
        return placement;
    }

    private static Json toJson(Entry entry) {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        members.put("key", new Json.Text(entry.key()));
        members.put("shard", new Json.Text(entry.shard()));
        return new Json.Members(members);
    }

    private static List<Entry> entries(Json.Members table) {
        return table.find("entries").map(Json::elements).orElse(List.of()).stream()
                .map(Json::object)
                .map(entry ->
                        new Entry(entry.get("key").text(), entry.get("shard").text()))
                .toList();
    }

    private static Json toJson(RangeConfig range) {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        members.put("name", new Json.Text(range.name()));
        range.from().ifPresent(from -> members.put("from", new Json.Text(from)));
        range.to().ifPresent(to -> members.put("to", new Json.Text(to)));
        members.put("shard", new Json.Text(range.shard()));
        return new Json.Members(members);
    }

    private static RangeConfig range(Json json) {
        Json.Members members = json.object();
        return new RangeConfig(
                members.get("name").text(),
                members.find("from").map(Json::text),
                members.find("to").map(Json::text),
                members.get("shard").text());
    }

    private static Json toJson(ListConfig list) {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        members.put("name", new Json.Text(list.name()));
        members.put("values", Json.ofTexts(list.values()));
        members.put("shard", new Json.Text(list.shard()));
        return new Json.Members(members);
    }

    private static ListConfig list(Json json) {
        Json.Members members = json.object();
        return new ListConfig(
                members.get("name").text(),
                members.get("values").texts(),
                members.get("shard").text());
    }

    private static Json word(Enum<?> constant) {
        return new Json.Text(constant.name().toLowerCase(Locale.ROOT));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Json word) {
        return Enum.valueOf(type, word.text().toUpperCase(Locale.ROOT));
    }

    /// The shard that is named, if one is, where a bucket is or was declared to be.
    public Optional<String> unknownShard(List<String> shards) {
        List<String> named = new ArrayList<>(placement);
        declared.ranges().forEach(range -> named.add(range.shard()));
        declared.lists().forEach(list -> named.add(list.shard()));
        declared.defaultShard().ifPresent(named::add);
        entries.forEach(entry -> named.add(entry.shard()));
        return named.stream().filter(shard -> !shards.contains(shard)).findFirst();
    }
}
