package dev.pgbraid.router;

import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.shape.Hints;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where a statement is to run by a hint in its text or, without one, by the settings of its session.
sealed interface Wish {

    /// Where it can.
    record Anywhere() implements Wish {
        static final Anywhere ANYWHERE = new Anywhere();
    }

    record OnShard(ShardId shard) implements Wish {}

    /// Where the rows with a key are.
    ///
    /// @param key as it is written; the values of several columns stand in parentheses, with commas between them
    record WithKey(String key) implements Wish {}

    /// There is no such place.
    record Impossible(Plan.Refused refusal) implements Wish {}

    static Wish of(Hints hints, Perspective perspective, ShardSet shards) {
        Wish wish = Anywhere.ANYWHERE;
        for (int hint = 0; hint < hints.count(); hint++) {
            Wish next = ofHint(hints.name(hint), hints.value(hint), shards);
            if (!(wish instanceof Anywhere) && !wish.equals(next)) {
                return next instanceof Impossible ? next : impossible("its hints contradict each other");
            }
            wish = next;
        }
        return wish instanceof Anywhere ? ofSession(perspective, shards) : wish;
    }

    private static Wish ofHint(String name, String value, ShardSet shards) {
        return switch (name) {
            case "shard" -> named(value, shards);
            case "pgdog_shard" -> numbered(value, shards);
            case "key", "pgdog_sharding_key" -> new WithKey(value);
            default -> impossible("there is no hint \"" + name + "\"");
        };
    }

    private static Wish ofSession(Perspective perspective, ShardSet shards) {
        Optional<String> key = perspective.key();
        if (perspective.shard().isEmpty()) {
            return key.isEmpty() ? Anywhere.ANYWHERE : new WithKey(key.get());
        }
        return key.isEmpty()
                ? named(perspective.shard().get(), shards)
                : impossible("the settings pgbraid.shard and pgbraid.key are both set");
    }

    private static Wish named(String name, ShardSet shards) {
        for (ShardId shard : shards) {
            if (shard.name().equals(name)) {
                return new OnShard(shard);
            }
        }
        return unknownShard(name, shards);
    }

    private static Wish numbered(String number, ShardSet shards) {
        for (ShardId shard : shards) {
            if (Integer.toString(shard.index()).equals(number)) {
                return new OnShard(shard);
            }
        }
        return unknownShard(number, shards);
    }

    private static Wish unknownShard(String name, ShardSet shards) {
        String names = shards.stream().map(ShardId::name).collect(Collectors.joining(", "));
        return new Impossible(new Plan.Refused(
                "22023", "there is no shard \"" + name + "\"", Optional.empty(), "The shards are: " + names + "."));
    }

    private static Wish impossible(String problem) {
        return new Impossible(new Plan.Refused(
                "22023",
                "cannot tell where the statement is to run: " + problem,
                Optional.empty(),
                "Give one hint, /* pgbraid: shard=… */ or /* pgbraid: key=… */, or set one of the settings "
                        + "pgbraid.shard and pgbraid.key."));
    }
}
