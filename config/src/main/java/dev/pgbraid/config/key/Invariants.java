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
        if (key.kind() instanceof Scalar<T> scalar) {
            scalar.judge(value).ifPresent(objection -> {
                String shown = scalar.isSensitive() ? "" : ", is " + scalar.show(value);
                violations.add(new BrokenInvariants.Violation(key.name(), objection + shown));
            });
        }
        return this;
    }

    /// A rule over several keys, told at `key`; the words follow its name.
    public Invariants require(Key<?> key, boolean holds, String otherwise) {
        if (!holds) {
            violations.add(new BrokenInvariants.Violation(key.name(), otherwise));
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

    /// Throws when something does not hold.
    public void check() {
        if (!violations.isEmpty()) {
            throw new BrokenInvariants(violations);
        }
    }
}
