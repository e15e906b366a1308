package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.Predicate;
import dev.pgbraid.router.binding.Term;
import dev.pgbraid.router.key.KeyReading;
import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.sharding.KeyRange;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import dev.pgbraid.router.sharding.Sharding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the shards of what is known of keys, for the literals and parameters of one statement.
final class ShardFinder {
    /// More keys than this are not looked at one by one.
    private static final int KEYS_MAX = 100_000;

    /// Nor is a list of more values than this.
    private static final int VALUES_MAX = 10_000;

    private final TermReader reader;

    ShardFinder(TermReader reader) {
        this.reader = reader;
    }

    /// The shards that can have rows of a pin; none when there are no such rows, or when PostgreSQL will refuse one of
    /// the values on any shard.
    ShardSet shards(Pin pin) {
        Sharding sharding = pin.group().sharding();
        List<Set<KeyValue>> values = new ArrayList<>();
        long keys = 1;
        for (Restriction column : pin.columns()) {
            Optional<Set<KeyValue>> found = values(column);
            if (found.isEmpty()) {
                return pin.columns().size() == 1 && !column.isAny()
                        ? sharding.shardsOf(range(column))
                        : sharding.placement().allShards();
            }
            values.add(found.get());
            keys *= found.get().size();
            if (keys > KEYS_MAX) {
                return sharding.placement().allShards();
            }
        }
        Set<ShardId> shards = new HashSet<>();
        collect(sharding, values, new ArrayList<>(), shards);
        return ShardSet.copyOf(shards);
    }

    private static void collect(
            Sharding sharding, List<Set<KeyValue>> values, List<KeyValue> key, Set<ShardId> shards) {
        if (key.size() == values.size()) {
            sharding.shardOf(new ShardKey(key)).ifPresent(shards::add);
            return;
        }
        for (KeyValue value : values.get(key.size())) {
            key.addLast(value);
            collect(sharding, values, key, shards);
            key.removeLast();
        }
    }

    /// The values that a column can have, if they are known.
    Optional<Set<KeyValue>> values(Restriction column) {
        Optional<Set<KeyValue>> known = Optional.empty();
        for (Restriction.Choice choice : column.choices()) {
            Optional<Set<KeyValue>> chosen = values(choice);
            if (chosen.isPresent() && known.isPresent()) {
                known.get().retainAll(chosen.get());
            } else if (chosen.isPresent()) {
                known = chosen;
            }
        }
        return known;
    }

    /// NULL equals nothing.
    private Optional<Set<KeyValue>> values(Restriction.Choice choice) {
        Set<KeyValue> values = new LinkedHashSet<>();
        for (Term term : choice.terms()) {
            int count = reader.count(List.of(term));
            if (values.size() + count > VALUES_MAX) {
                return Optional.empty();
            }
            for (int i = 0; i < count; i++) {
                reader.turnTo(i);
                for (KeyReading reading : reader.compared(term, choice.type())) {
                    switch (reading) {
                        case Proven(KeyValue value) -> values.add(value);
                        case Invalid _ -> {}
                        case Unprovable _ -> {
                            return Optional.empty();
                        }
                    }
                }
            }
        }
        values.remove(KeyValue.Null.NULL);
        return Optional.of(values);
    }

    private KeyRange range(Restriction column) {
        KeyRange range = KeyRange.ALL;
        for (Restriction.Bound bound : column.bounds()) {
            Optional<KeyValue> value = bound(bound.term(), column.type());
            if (value.isPresent()) {
                range = range.and(range(bound.side(), value.get()));
            }
        }
        return range;
    }

    private Optional<KeyValue> bound(Term term, KeyType type) {
        reader.turnTo(0);
        List<KeyReading> readings = reader.compared(term, type);
        return readings.size() == 1
                        && readings.getFirst() instanceof Proven(KeyValue value)
                        && value != KeyValue.Null.NULL
                ? Optional.of(value)
                : Optional.empty();
    }

    private static KeyRange range(Predicate.Side side, KeyValue value) {
        return switch (side) {
            case LESS -> KeyRange.lessThan(value);
            case AT_MOST -> KeyRange.atMost(value);
            case GREATER -> KeyRange.greaterThan(value);
            case AT_LEAST -> KeyRange.atLeast(value);
        };
    }

    /// The shards that can have rows of a result.
    ShardSet shards(Coverage coverage) {
        return switch (coverage) {
            case Coverage.Of(Pin pin) -> shards(pin);
            case Coverage.Both(Coverage left, Coverage right) -> shards(left).and(shards(right));
            case Coverage.Either(Coverage left, Coverage right) -> shards(left).or(shards(right));
        };
    }
}
