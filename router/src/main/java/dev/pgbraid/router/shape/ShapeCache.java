package dev.pgbraid.router.shape;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// What is known of statements, by their whole text and by their shape. It belongs to one event loop.
///
/// A *context* is a number that the owner gives to everything besides the text that decides what a statement means:
/// database, search path, epoch, version of the catalog, and the rules by which text is read. Entries of a context that
/// is used no more are pushed out by others.
///
/// A text is remembered by itself only when it comes again, so that those that come once, because they hold a literal
/// that no other has, cost nothing more and do not push out those that come often.
public final class ShapeCache<V> {
    /// How many texts that came once are remembered by a hash.
    private static final int SEEN_ONCE = 1024;

    private final ByteCache<V> texts;
    private final ByteCache<V> shapes;
    private final long[] seen = new long[SEEN_ONCE];

    /// Each of the two levels gets half of `bytesMax`.
    ///
    /// @param valueBytes about how much memory a value takes
    public ShapeCache(long bytesMax, ToIntFunction<V> valueBytes) {
        texts = new ByteCache<>(bytesMax / 2, valueBytes);
        shapes = new ByteCache<>(bytesMax / 2, valueBytes);
    }

    /// The value of exactly the text `text[start..end)`.
    public Optional<V> findText(int context, byte[] text, int start, int end) {
        return texts.find(hash(context, text, start, end), context, text, start, end);
    }

    public void putText(int context, byte[] text, int start, int end, V value) {
        long hash = hash(context, text, start, end);
        if (isSeen(hash)) {
            texts.put(hash, context, Arrays.copyOfRange(text, start, end), value);
        }
    }

    public Optional<V> findShape(int context, Shape shape) {
        return shapes.find(hash(context, shape.high()), context, shape.bytes(), 0, shape.length());
    }

    public void putShape(int context, Shape shape, V value) {
        shapes.put(hash(context, shape.high()), context, Arrays.copyOf(shape.bytes(), shape.length()), value);
    }

    public void forEachShape(Consumer<V> action) {
        shapes.forEach(action);
    }

    public int textCount() {
        return texts.count();
    }

    public int shapeCount() {
        return shapes.count();
    }

    /// About how much memory both levels take.
    public long bytes() {
        return texts.bytes() + shapes.bytes();
    }

    private static long hash(int context, byte[] text, int start, int end) {
        return hash(context, Fingerprint.FIRST.of(text, start, end));
    }

    private static long hash(int context, long hash) {
        return hash ^ context * 0x9E37_79B9_7F4A_7C15L;
    }

    private boolean isSeen(long hash) {
        int place = (int) (hash >>> 32) & (SEEN_ONCE - 1);
        boolean isSeen = seen[place] == hash;
        seen[place] = hash;
        return isSeen;
    }
}
