package dev.pgbraid.config.key;

import java.util.List;
import java.util.function.Function;

/// A mapping from names that the operator chooses to blocks of one shape; the order in the file is kept.
///
/// @param name stands for the chosen name: what it may look like, and where a record documents it
/// @param block the shape of each block
/// @param gathering makes the value of the blocks; it ties `T` to `E` so that a reader needs no cast
public record NamedBlocks<E, T>(Key<String> name, Block<E> block, Function<List<E>, T> gathering) implements Kind<T> {

    public static <E> NamedBlocks<E, List<E>> of(Key<String> name, Block<E> block) {
        return new NamedBlocks<>(name, block, List::copyOf);
    }
}
