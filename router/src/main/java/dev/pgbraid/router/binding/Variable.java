package dev.pgbraid.router.binding;

import dev.pgbraid.router.key.KeyType;

/// A column of one occurrence of a relation, of a type that a key can have and with a collation under which equal
/// texts have equal bytes. Each occurrence has variables of its own.
///
/// @param id its number in the statement
/// @param item the number of the item of `FROM` that it belongs to
/// @param hasByteOrder whether its values are in the order of their bytes
public record Variable(int id, int item, String name, KeyType type, boolean hasByteOrder) {
    /// Whether `=` between the two is PostgreSQL's own and says that they are one key.
    public boolean isComparableTo(Variable that) {
        return type.sharesKeysWith(that.type);
    }
}
