package dev.pgbraid.router.utility;

import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.SearchPath;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.topology.Snapshot;
import java.util.List;
import java.util.Optional;

/// Finds the relations that names mean to a session.
final class RelationFinder {
    private final Catalog catalog;
    private final Snapshot snapshot;
    private final SearchPath path;
    private final Perspective perspective;

    RelationFinder(Snapshot snapshot, Perspective perspective) {
        this.snapshot = snapshot;
        this.catalog = snapshot.catalog();
        this.perspective = perspective;
        this.path = SearchPath.of(perspective.searchPath(), perspective.user(), catalog);
    }

    /// Whether a name means something that only the session has.
    boolean isTemporary(List<String> name) {
        return name.size() == 1
                ? perspective.temporary().contains(name.getFirst())
                : name.get(name.size() - 2).startsWith(SearchPath.TEMPORARY);
    }

    /// What a name means, be it that there is no such relation: then it is one that is made by that name.
    ObjectName existing(List<String> name) {
        if (name.size() > 1) {
            return new ObjectName(name.get(name.size() - 2), name.getLast());
        }
        for (String schema : path.schemas()) {
            ObjectName candidate = new ObjectName(schema, name.getLast());
            if (isKnown(candidate)) {
                return candidate;
            }
        }
        return name.getLast().startsWith("pg_") ? ObjectName.builtIn(name.getLast()) : made(name);
    }

    boolean isKnown(ObjectName candidate) {
        return catalog.relation(candidate).isPresent()
                || snapshot.topology().isDeclared(candidate)
                || tableOfIndex(candidate).isPresent();
    }

    /// What a relation is called that is made by that name.
    ObjectName made(List<String> name) {
        if (name.size() > 1) {
            return new ObjectName(name.get(name.size() - 2), name.getLast());
        }
        String schema = path.schemas().stream()
                .filter(candidate -> !candidate.equals(SearchPath.TEMPORARY) && !isImplied(candidate))
                .findFirst()
                .orElse("public");
        return new ObjectName(schema, name.getLast());
    }

    /// `pg_catalog` is looked into first without being in the list; nothing is made there.
    private static boolean isImplied(String schema) {
        return schema.equals(ObjectName.CATALOG_SCHEMA);
    }

    Optional<Relation> relation(ObjectName name) {
        return catalog.relation(name);
    }

    /// The table that an index belongs to.
    Optional<ObjectName> tableOfIndex(ObjectName index) {
        return catalog.tableOfIndex(index);
    }
}
