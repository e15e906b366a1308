package dev.pgbraid.router.binding;

import dev.pgbraid.router.tree.With;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What names mean at one place of a statement.
final class Scope {
    /// What a scope without anything around it has around it.
    private final Optional<Scope> outer;
    private final Map<String, Common> commonTables = new HashMap<>();
    private Namespace names = Namespace.EMPTY;
    /// Whether an aggregate is computed over the rows of this scope.
    private boolean isAggregated;

    Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    /// What a name of `WITH` means.
    sealed interface Common {
        /// A query that is bound wherever it is named.
        record Defined(With.CommonTable table, Scope scope, boolean recursive) implements Common {}

        /// The rows of a change.
        record Changed(List<NamedColumn> columns) implements Common {}

        /// The rows of a recursive table inside of itself, where it can be named once.
        record Working(List<NamedColumn> columns) implements Common {}
    }

    Scope inside() {
        return new Scope(Optional.of(this));
    }

    /// A scope with the common tables that this one has so far.
    Scope snapshot() {
        Scope copy = new Scope(outer);
        copy.commonTables.putAll(commonTables);
        return copy;
    }

    Optional<Scope> outer() {
        return outer;
    }

    Namespace names() {
        return names;
    }

    void use(Namespace all) {
        names = all;
    }

    void define(String name, Common common) {
        commonTables.put(name, common);
    }

    Optional<Common> common(String name) {
        Common found = commonTables.get(name);
        return found == null ? outer.flatMap(scope -> scope.common(name)) : Optional.of(found);
    }

    void aggregate() {
        isAggregated = true;
    }

    boolean isAggregated() {
        return isAggregated;
    }
}
