package dev.pgbraid.router;

import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.key.KeyReading;
import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.topology.Topology;
import dev.pgbraid.router.utility.Reach;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Fulfils wishes, unless they contradict what is proven.
final class Wishes {
    private static final String INVALID = "22023";

    private final Topology topology;

    Wishes(Topology topology) {
        this.topology = topology;
    }

    /// Where a statement runs that would run as `proven` without the wish. No wish makes rows stay that are being
    /// moved.
    ///
    /// @param hintedOnly whether nothing but the wish tells where it has to run
    Plan plan(Wish wish, Plan proven, Reach reach, boolean hintedOnly) {
        if (proven instanceof Plan.Refused refused && refused.isForNow()) {
            return proven;
        }
        return switch (wish) {
            case Wish.Anywhere _ -> proven;
            case Wish.Impossible(Plan.Refused refusal) -> refusal;
            case Wish.OnShard(ShardId shard) -> on(shard, proven, reach, hintedOnly);
            case Wish.WithKey(String key) ->
                switch (shardOf(key, reach)) {
                    case Place.At(ShardId shard) -> on(shard, proven, reach, hintedOnly);
                    case Place.Nowhere(Plan.Refused refusal) -> refusal;
                };
        };
    }

    private static Plan on(ShardId shard, Plan proven, Reach reach, boolean hintedOnly) {
        if (!(proven instanceof Plan.OnShard(ShardId other, Access _)) || hintedOnly) {
            return new Plan.OnShard(shard, access(proven));
        }
        if (other.equals(shard)) {
            return proven;
        }
        return reach.sharded() || reach.onOneShard()
                ? new Plan.Refused(
                        INVALID,
                        "the statement is about rows on shard \"" + other + "\", and is to run on shard \"" + shard
                                + "\"",
                        Optional.empty(),
                        "Leave the hint out, or RESET pgbraid.shard and pgbraid.key.")
                : new Plan.OnShard(shard, access(proven));
    }

    private static Access access(Plan proven) {
        return switch (proven) {
            case Plan.OnShard(ShardId _, Access access) -> access;
            case Plan.Scatter scatter -> scatter.access();
            case Plan.OnAnyShard _, Plan.Gather _ -> Access.READ;
            case Plan.Everywhere _, Plan.Refused _ -> Access.WRITE;
        };
    }

    /// A shard, or why there is none.
    private sealed interface Place {
        record At(ShardId shard) implements Place {}

        record Nowhere(Plan.Refused refusal) implements Place {}
    }

    private Place shardOf(String key, Reach reach) {
        Set<ObjectName> leaders = reach.leaders().isEmpty() ? allLeaders() : reach.leaders();
        if (leaders.size() != 1) {
            return nowhere(
                    leaders.isEmpty()
                            ? "there is no sharded table that the key \"" + key + "\" could be of"
                            : "the key \"" + key + "\" could be of tables that are sharded in different ways",
                    "Name a shard: /* pgbraid: shard=… */.");
        }
        Location leader = topology.location(leaders.iterator().next());
        return leader instanceof Location.Sharded sharded
                ? shardOf(key, sharded)
                : nowhere("the sharded tables cannot be used", "Name a shard: /* pgbraid: shard=… */.");
    }

    private Set<ObjectName> allLeaders() {
        Set<ObjectName> leaders = new HashSet<>();
        for (ObjectName table : topology.declaredTables()) {
            if (topology.location(table) instanceof Location.Sharded sharded) {
                leaders.add(sharded.group().leader());
            }
        }
        return leaders;
    }

    private static Place shardOf(String key, Location.Sharded table) {
        List<String> texts = table.key().size() == 1 ? List.of(key) : parts(key);
        if (texts.size() != table.key().size()) {
            return nowhere(
                    "the key \"" + key + "\" has not as many values as there are key columns",
                    "Write all of them in parentheses, in the order of the columns: key='(1, abc)'.");
        }
        List<KeyValue> values = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            switch (read(table.key().get(i), texts.get(i))) {
                case KeyReading.Proven(KeyValue value) -> values.add(value);
                case KeyReading.Unprovable(String reason) -> {
                    return nowhere(
                            "the key \"" + key + "\" " + reason, "Write it in the form that PostgreSQL shows it in.");
                }
                case KeyReading.Invalid(String sqlState, String message) -> {
                    return new Place.Nowhere(new Plan.Refused(
                            sqlState, message, Optional.empty(), "This is the key of the hint or setting."));
                }
            }
        }
        return table.group()
                .sharding()
                .shardOf(new ShardKey(values))
                .<Place>map(Place.At::new)
                .orElseGet(() ->
                        nowhere("no shard has rows with the key \"" + key + "\"", "Declare where such keys are."));
    }

    private static KeyReading read(KeyColumn column, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return column.type().readText(bytes, 0, bytes.length);
    }

    /// The values in `(a, "b, c")`; none if it is written in another way.
    private static List<String> parts(String key) {
        if (!key.startsWith("(") || !key.endsWith(")")) {
            return List.of();
        }
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 1; i < key.length() - 1; i++) {
            char character = key.charAt(i);
            if (character == '"') {
                isQuoted = !isQuoted;
            } else if (character == ',' && !isQuoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else if (isQuoted || character != ' ' || !part.isEmpty()) {
                part.append(character);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static Place nowhere(String message, String hint) {
        return new Place.Nowhere(new Plan.Refused(INVALID, message, Optional.empty(), hint));
    }
}
