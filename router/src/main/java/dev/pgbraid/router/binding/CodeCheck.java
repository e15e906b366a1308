package dev.pgbraid.router.binding;

import dev.pgbraid.router.catalog.AttachedCode;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.topology.Location;
import java.util.List;
import java.util.Optional;

/// Refuses relations with code of users that may look at rows of other shards, of which a statement says nothing.
final class CodeCheck {
    private static final String HINT =
            "If it looks at no rows but those with the same key, say so in its comment, as in COMMENT ON TRIGGER … ON"
                    + " … IS 'pgbraid: local', or name the shard with a comment: /* pgbraid: shard=… */.";

    private final Bindings bindings;

    CodeCheck(Bindings bindings) {
        this.bindings = bindings;
    }

    /// Checks what runs when rows of a relation are read.
    void read(Relation relation) {
        AttachedCode code = bindings.catalog().code(relation.name());
        Location location = bindings.topology().location(relation.name());
        code.reading().ifPresent(policy -> refuse(relation, policy));
        code.policyTables().stream()
                .filter(table -> !isBeside(table, location))
                .findFirst()
                .ifPresent(table -> refuse(relation, "a policy that reads \"" + table + "\","));
    }

    /// Whether a shard has all rows of a relation that go with its rows of another one.
    private boolean isBeside(ObjectName table, Location location) {
        Optional<Relation.Kind> kind = bindings.catalog().relation(table).map(Relation::kind);
        boolean isView = kind.isEmpty() || kind.get() == Relation.Kind.VIEW;
        return switch (bindings.topology().location(table)) {
            case Location.Reference _ -> true;
            case Location.OneShard shard -> shard.equals(location) && !isView;
            case Location.Sharded _ -> false;
        };
    }

    /// Checks what runs when rows of a relation are changed.
    void change(Relation relation) {
        AttachedCode code = bindings.catalog().code(relation.name());
        code.writing().ifPresent(trigger -> refuse(relation, trigger));
        if (bindings.topology().location(relation.name()) instanceof Location.Sharded(var _, List<KeyColumn> key)) {
            key.stream()
                    .map(KeyColumn::name)
                    .filter(code.assigned()::contains)
                    .findFirst()
                    .ifPresent(column -> refuse(relation, "a trigger that sets its key \"" + column + "\", and"));
        }
    }

    private void refuse(Relation relation, String code) {
        if (!bindings.topology().isUndeclared()) {
            throw BindingException.unsupported(
                    "\"" + relation.name() + "\" has " + code + " which may be about rows of other shards", HINT);
        }
    }
}
