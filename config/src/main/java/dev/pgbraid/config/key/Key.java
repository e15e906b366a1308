package dev.pgbraid.config.key;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key of a block: its name, what may stand after it, and what holds when it is absent.
///
/// Its meaning is documented where a reader of the code looks for it: at the component of the same name
/// of the block's record.
public final class Key<T> {
    private final String name;
    private final Kind<T> kind;
    private final @Nullable T defaultValue;
    private final String defaultText;
    private final boolean reloads;

    private Key(String name, Kind<T> kind, @Nullable T defaultValue, String defaultText, boolean reloads) {
        this.name = name;
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.defaultText = defaultText;
        this.reloads = reloads;
    }

    /// A key that every file must have.
    public static <T> Key<T> required(String name, Kind<T> kind) {
        return new Key<>(name, kind, null, "required", true);
    }

    /// A key with a default.
    public static <T> Key<T> of(String name, Scalar<T> scalar, T defaultValue) {
        return new Key<>(name, scalar, defaultValue, scalar.show(defaultValue), true);
    }

    /// A key that may be absent; `otherwise` says in words what holds then.
    public static <T> Key<Optional<T>> optional(String name, Scalar<T> scalar, String otherwise) {
        return new Key<>(name, scalar.optional(), Optional.empty(), otherwise, true);
    }

    /// A block all of whose keys have defaults.
    public static <T> Key<T> of(String name, Block<T> block) {
        return new Key<>(name, block, block.defaults(), "", true);
    }

    /// A list that is empty when the key is absent.
    public static <E> Key<List<E>> of(String name, ScalarList<E, List<E>> list) {
        return new Key<>(name, list, List.of(), "none", true);
    }

    /// Blocks by name, none when the key is absent.
    public static <E> Key<List<E>> of(String name, NamedBlocks<E, List<E>> blocks) {
        return new Key<>(name, blocks, List.of(), "none", true);
    }

    /// The same key, whose changes take a restart; so do those of all keys below it.
    public Key<T> untilRestart() {
        return new Key<>(name, kind, defaultValue, defaultText, false);
    }

    /// Whether a reload applies its changes.
    public boolean reloads() {
        return reloads;
    }

    public String name() {
        return name;
    }

    public Kind<T> kind() {
        return kind;
    }

    public Optional<T> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /// The default as the reference table shows it.
    public String defaultText() {
        return defaultText;
    }

    /// What is wrong with `value`, in words that follow the name of the key; a block is judged by its own record.
    public Optional<String> judge(T value) {
        return switch (kind) {
            case Scalar<T> scalar -> scalar.judge(value);
            case ScalarList<?, T> list -> list.judge(value);
            case Block<T> _, NamedBlocks<?, T> _ -> Optional.empty();
        };
    }

    /// The name of the record component that this key sets: `size-max` sets `sizeMax`.
    public String component() {
        StringBuilder component = new StringBuilder();
        for (String word : name.split("-", -1)) {
            component
                    .append(
                            component.isEmpty()
                                    ? word.substring(0, 1)
                                    : word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1));
        }
        return component.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
