package dev.pgbraid.router.binding;

import dev.pgbraid.router.catalog.AttachedCode;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.topology.Snapshot;
import java.util.List;
import java.util.Optional;

/// Finds code of users at relations that may look at rows of other shards, of which a statement says nothing.
public final class CodeCheck {
    /// What to do about it.
    public static final String HINT =
            "If it looks at no rows but those with the same key, say so in its comment, as in COMMENT ON TRIGGER … ON"
                    + " … IS 'pgbraid: local', or name the shard with a comment: /* pgbraid: shard=… */.";

    private final Snapshot snapshot;

    public CodeCheck(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// Why rows of a relation cannot be read, as far as that is known; nothing where all is on one shard.
    public Optional<String> reading(ObjectName relation) {
        AttachedCode code = snapshot.catalog().code(relation);
        Location location = snapshot.topology().location(relation);
        Optional<String> table = code.policyTables().stream()
                .filter(read -> !isBeside(read, location))
                .findFirst()
                .map(read -> "a policy that reads \"" + read + "\",");
        return code.reading().or(() -> table).flatMap(found -> problem(relation, found));
    }

    /// Whether a shard has all rows of a relation that go with its rows of another one.
    private boolean isBeside(ObjectName table, Location location) {
        Optional<Relation.Kind> kind = snapshot.catalog().relation(table).map(Relation::kind);
        boolean isView = kind.isEmpty() || kind.get() == Relation.Kind.VIEW;
        return switch (snapshot.topology().location(table)) {
            case Location.Reference _ -> true;
            case Location.OneShard shard -> shard.equals(location) && !isView;
            case Location.Sharded _ -> false;
        };
    }

    /// Why rows of a relation cannot be changed.
    public Optional<String> changing(ObjectName relation) {
        AttachedCode code = snapshot.catalog().code(relation);
        return code.writing().or(() -> key(relation, code)).flatMap(found -> problem(relation, found));
    }

    private Optional<String> key(ObjectName relation, AttachedCode code) {
        if (!(snapshot.topology().location(relation) instanceof Location.Sharded(var _, List<KeyColumn> key))) {
            return Optional.empty();
        }
        return key.stream()
                .map(KeyColumn::name)
                .filter(code.assigned()::contains)
                .findFirst()
                .map(column -> "a trigger that sets its key \"" + column + "\", and");
    }

    private Optional<String> problem(ObjectName relation, String code) {
        return snapshot.topology().isUndeclared()
                ? Optional.empty()
                : Optional.of("\"" + relation + "\" has " + code + " which may be about rows of other shards");
    }
}
