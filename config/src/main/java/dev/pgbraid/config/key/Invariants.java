package dev.pgbraid.config.key;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What must hold of a record, gathered so that everything wrong is told at once.
public final class Invariants {
    private final List<BrokenInvariants.Violation> violations = new ArrayList<>();

    /// `value` is one that `key` may have.
    public <T> Invariants require(Key<T> key, T value) {
        key.judge(value).ifPresent(objection -> add(key, objection + shown(key, value)));
        return this;
    }

    /// A rule over several keys, told at `key`; the words follow its name.
    public Invariants require(Key<?> key, boolean holds, String otherwise) {
        if (!holds) {
            add(key, otherwise);
        }
        return this;
    }

    /// A rule over what is in blocks of this block, told at the key that `path` leads to.
    public Invariants require(List<String> path, boolean holds, String otherwise) {
        if (!holds) {
            violations.add(new BrokenInvariants.Violation(path, otherwise));
        }
        return this;
    }

    /// No two of the names under `key` are one.
    public Invariants requireDistinct(Key<?> key, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            require(key, seen.add(name), "must not name " + name + " twice");
        }
        return this;
    }

    private void add(Key<?> key, String words) {
        violations.add(new BrokenInvariants.Violation(List.of(key.name()), words));
    }

    private static <T> String shown(Key<T> key, T value) {
        return key.kind() instanceof Scalar<T> scalar && !scalar.isSensitive() ? ", is " + scalar.show(value) : "";
    }

    /// Throws when something does not hold.
    public void check() {
        if (!violations.isEmpty()) {
            throw new BrokenInvariants(violations);
        }
    }
}
