package dev.pgbraid.router.shape;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Values by bytes, no more of them than fit in a number of bytes. For one thread.
///
/// A key is compared whole on every hit. When there is no room, entries are let go in the order of their arrival, but
/// one that was used since then is given a second chance.
final class ByteCache<V> {
    private static final int ENTRY_BYTES = 128;
    /// No single entry may take more than this part of the whole.
    private static final int PARTS_MIN = 16;

    private final long bytesMax;
    private final ToIntFunction<V> valueBytes;
    private final ArrayDeque<Entry<V>> arrivals = new ArrayDeque<>();

    private @Nullable Entry<V>[] buckets = newBuckets(256);
    private long bytes;

    ByteCache(long bytesMax, ToIntFunction<V> valueBytes) {
        this.bytesMax = bytesMax;
        this.valueBytes = valueBytes;
    }

    private static final class Entry<V> {
        final long hash;
        final int context;
        final byte[] key;
        final Optional<V> value;
        final int bytes;
        boolean isUsed;

        @Nullable
        Entry<V> next;

        Entry(long hash, int context, byte[] key, Optional<V> value, int bytes) {
            this.hash = hash;
            this.context = context;
            this.key = key;
            this.value = value;
            this.bytes = bytes;
        }
    }

    int count() {
        return arrivals.size();
    }

    long bytes() {
        return bytes;
    }

    void forEach(Consumer<V> action) {
        arrivals.forEach(entry -> entry.value.ifPresent(action));
    }

    Optional<V> find(long hash, int context, byte[] text, int start, int end) {
        Entry<V> entry = entry(hash, context, text, start, end);
        if (entry == null) {
            return Optional.empty();
        }
        entry.isUsed = true;
        return entry.value;
    }

    /// Puts a value in place of the one that is there, if any. One that is too large is not kept.
    void put(long hash, int context, byte[] key, V value) {
        Entry<V> before = entry(hash, context, key, 0, key.length);
        if (before != null) {
            arrivals.remove(before);
            unlink(before);
        }
        int size = ENTRY_BYTES + key.length + valueBytes.applyAsInt(value);
        if (size > bytesMax / PARTS_MIN) {
            return;
        }
        makeRoom(size);
        Entry<V> entry = new Entry<>(hash, context, key, Optional.of(value), size);
        if (arrivals.size() >= buckets.length) {
            spread();
        }
        arrivals.addLast(entry);
        link(entry);
        bytes += size;
    }

    private @Nullable Entry<V> entry(long hash, int context, byte[] text, int start, int end) {
        Entry<V> entry = buckets[bucket(hash)];
        while (entry != null && !isSame(entry, hash, context, text, start, end)) {
            entry = entry.next;
        }
        return entry;
    }

    private static boolean isSame(Entry<?> entry, long hash, int context, byte[] text, int start, int end) {
        return entry.hash == hash
                && entry.context == context
                && Arrays.equals(entry.key, 0, entry.key.length, text, start, end);
    }

    private void makeRoom(int size) {
        while (bytes + size > bytesMax) {
            Entry<V> oldest = arrivals.removeFirst();
            if (oldest.isUsed) {
                oldest.isUsed = false;
                arrivals.addLast(oldest);
            } else {
                unlink(oldest);
            }
        }
    }

    private void link(Entry<V> entry) {
        int bucket = bucket(entry.hash);
        entry.next = buckets[bucket];
        buckets[bucket] = entry;
    }

    private void unlink(Entry<V> gone) {
        int bucket = bucket(gone.hash);
        Entry<V> entry = Objects.requireNonNull(buckets[bucket]);
        if (entry == gone) {
            buckets[bucket] = gone.next;
        } else {
            while (entry.next != gone) {
                entry = Objects.requireNonNull(entry.next);
            }
            entry.next = gone.next;
        }
        bytes -= gone.bytes;
    }

    private void spread() {
        buckets = newBuckets(buckets.length * 2);
        arrivals.forEach(this::link);
    }

    private int bucket(long hash) {
        return (int) hash & (buckets.length - 1);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types.
    private static <V> @Nullable Entry<V>[] newBuckets(int count) {
        return (Entry<V>[]) new Entry[count];
    }
}
