package dev.pgbraid.router.sharding;

import dev.pgbraid.router.key.ShardKey;
import java.util.OptionalInt;

/// A bucket per shard, looked up for each key.
///
/// @param directory the keys that have a place
/// @param buckets how many buckets there are
/// @param newKeys what becomes of a key that has none
public record DirectoryFunction(Directory directory, int buckets, NewKeys newKeys) implements KeyFunction {
    public DirectoryFunction {
        if (buckets < 1) {
            throw new IllegalArgumentException("a directory needs a bucket, has " + buckets);
        }
    }

    /// The keys that have a place.
    @FunctionalInterface
    public interface Directory {
        /// The bucket of `key`, or nothing when it is new.
        OptionalInt find(ShardKey key);
    }

    /// What becomes of a key that is not in the directory.
    public enum NewKeys {
        /// It belongs to the bucket that its hash gives, with or without an entry.
        HASH,

        /// Only a key with an entry has a place; a row with another one cannot be stored before it is given one.
        NEED_ENTRY
    }

    @Override
    public int bucketOf(ShardKey key) {
        OptionalInt found = directory.find(key);
        if (found.isPresent()) {
            return found.getAsInt();
        }
        return switch (newKeys) {
            case HASH -> (int) Long.remainderUnsigned(key.hash(), buckets);
            case NEED_ENTRY -> NO_BUCKET;
        };
    }
}
