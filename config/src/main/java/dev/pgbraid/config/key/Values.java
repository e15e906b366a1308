package dev.pgbraid.config.key;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was read for each key of one block.
public final class Values {
    private final List<String> names;
    private final Map<Key<?>, Object> values;

    private Values(Builder builder) {
        this.names = builder.names;
        this.values = Map.copyOf(builder.values);
    }

    /// The names of the named blocks around these values, outermost first; the last is the block's own.
    public List<String> names() {
        return names;
    }

    // Builder.put is the only way in, and it ties the type of the value to its key.
    @SuppressWarnings("unchecked")
    public <T> T get(Key<T> key) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the block does not list its key " + key);
        }
        return (T) value;
    }

    /// Gathers the values of one block.
    public static final class Builder {
        private final List<String> names;
        private final Map<Key<?>, Object> values = new HashMap<>();

        public Builder(List<String> names) {
            this.names = List.copyOf(names);
        }

        public <T> void put(Key<T> key, T value) {
            values.put(key, value);
        }

        /// Whether each of `keys` has a value.
        public boolean hasAll(List<Key<?>> keys) {
            return values.keySet().containsAll(keys);
        }

        public Values build() {
            return new Values(this);
        }
    }
}
