package dev.pgbraid.config.key;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A mapping with a fixed set of keys, which becomes one record.
///
/// @param record the record whose components document the keys
/// @param keys every key that the block may hold
/// @param builder makes the record once each key has a value
public record Block<T>(Class<? extends T> record, List<Key<?>> keys, Function<Values, T> builder) implements Kind<T> {

    public Block {
        keys = List.copyOf(keys);
    }

    /// The key of that name.
    public Optional<Key<?>> find(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /// Whether one of the keys holds a secret.
    public boolean isSensitive() {
        return keys.stream().anyMatch(key -> key.kind() instanceof Scalar<?> scalar && scalar.isSensitive());
    }

    /// What the block is when the file says nothing of it.
    public T defaults() {
        Values.Builder values = new Values.Builder(List.of());
        for (Key<?> key : keys) {
            putDefault(values, key);
        }
        return builder.apply(values.build());
    }

    private static <V> void putDefault(Values.Builder values, Key<V> key) {
        V value = key.defaultValue().orElseThrow(() -> new IllegalStateException(key.name() + " has no default"));
        values.put(key, value);
    }
}
