package dev.pgbraid.router.catalog;

import dev.pgbraid.router.key.KeyCollation;
import java.util.Optional;

/// A column of a relation.
///
/// @param type the number of its type, which can be a domain
/// @param typeModifier `atttypmod`: the length of a `varchar(n)` and the like, -1 without one
/// @param collation what its collation lets one conclude; [KeyCollation#BYTES] for types that have none
/// @param notNull whether no row has NULL here, be it by a constraint of the column or of its domain
public record Column(
        String name,
        int type,
        int typeModifier,
        KeyCollation collation,
        boolean notNull,
        Optional<ColumnDefault> defaultValue) {

    /// A column that may be NULL, of a type without a modifier, and in the order of bytes if it is text.
    public static Column of(String name, int type) {
        return new Column(name, type, -1, KeyCollation.BYTES, false, Optional.empty());
    }

    /// The same column, never NULL.
    public Column required() {
        return new Column(name, type, typeModifier, collation, true, defaultValue);
    }

    /// The same column with that default.
    public Column withDefault(ColumnDefault value) {
        return new Column(name, type, typeModifier, collation, notNull, Optional.of(value));
    }
}
