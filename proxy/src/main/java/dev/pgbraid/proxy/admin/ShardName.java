package dev.pgbraid.proxy.admin;

import java.util.Comparator;

/// A shard, by the name of its database and its own.
record ShardName(String database, String shard) implements Comparable<ShardName> {
    private static final Comparator<ShardName> ORDER =
            Comparator.comparing(ShardName::database).thenComparing(ShardName::shard);

    @Override
    public int compareTo(ShardName other) {
        return ORDER.compare(this, other);
    }
}
