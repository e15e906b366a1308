package dev.pgbraid.router.sharding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/// Consistent hashing: a key belongs to the first virtual node at or after its hash, around the circle of all hashes.
///
/// Each shard has as many virtual nodes as the others, at places that only its name decides: the first eight bytes
/// of the MD5 of `name#n`. A shard that is added therefore takes keys from all others, and no key goes from one old
/// shard to another.
public final class RingFunction implements RowHashFunction {
    private final long[] places;
    private final int[] bucketsByPlace;

    /// Bucket `n` is virtual node `n % virtualNodes` of shard `n / virtualNodes`.
    public RingFunction(List<String> shards, int virtualNodes) {
        if (shards.isEmpty() || virtualNodes < 1 || new HashSet<>(shards).size() < shards.size()) {
            throw new IllegalArgumentException("no ring of " + virtualNodes + " virtual nodes for each of " + shards);
        }
        int count = Math.multiplyExact(shards.size(), virtualNodes);
        long[] placesByBucket = new long[count];
        for (int bucket = 0; bucket < count; bucket++) {
            placesByBucket[bucket] = place(shards.get(bucket / virtualNodes) + "#" + bucket % virtualNodes);
        }
        bucketsByPlace = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingLong(bucket -> placesByBucket[bucket]))
                .mapToInt(Integer::intValue)
                .toArray();
        places = Arrays.stream(bucketsByPlace)
                .mapToLong(bucket -> placesByBucket[bucket])
                .toArray();
    }

    private static long place(String virtualNode) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(virtualNode.getBytes(UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no MD5", missing);
        }
    }

    @Override
    public int buckets() {
        return places.length;
    }

    @Override
    public int bucketOf(long hash) {
        int found = Arrays.binarySearch(places, hash);
        int next = found >= 0 ? found : -found - 1;
        return bucketsByPlace[next < places.length ? next : 0];
    }
}
