package dev.pgbraid.router.sharding;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// An immutable set of shards, in their order. "All shards" is a set too, and no set means "any".
public final class ShardSet extends AbstractSet<ShardId> {
    public static final ShardSet EMPTY = new ShardSet(List.of());

    private final List<ShardId> shards;

    private ShardSet(List<ShardId> shards) {
        this.shards = shards;
    }

    public static ShardSet of(ShardId... shards) {
        return copyOf(Arrays.asList(shards));
    }

    public static ShardSet copyOf(Collection<ShardId> shards) {
        return shards instanceof ShardSet set
                ? set
                : new ShardSet(shards.stream().sorted().distinct().toList());
    }

    /// The shard when there is exactly one.
    public Optional<ShardId> single() {
        return shards.size() == 1 ? Optional.of(shards.getFirst()) : Optional.empty();
    }

    /// The shards in either.
    public ShardSet or(ShardSet that) {
        if (containsAll(that)) {
            return this;
        }
        ShardId[] both = Arrays.copyOf(shards.toArray(ShardId[]::new), size() + that.size());
        System.arraycopy(that.shards.toArray(ShardId[]::new), 0, both, size(), that.size());
        return of(both);
    }

    /// The shards in both.
    public ShardSet and(ShardSet that) {
        return new ShardSet(shards.stream().filter(that::contains).toList());
    }

    @Override
    public boolean contains(Object shard) {
        return shards.contains(shard);
    }

    @Override
    public Iterator<ShardId> iterator() {
        return shards.iterator();
    }

    @Override
    public int size() {
        return shards.size();
    }
}
