package dev.pgbraid.router.catalog;

/// A type.
///
/// @param oid its number on the home shard
/// @param base for a domain, the number of the type under it, which can be a domain again; 0 for other types
/// @param baseTypeModifier for a domain, the modifier of the type under it; -1 without one
public record DataType(int oid, ObjectName name, Kind kind, int base, int baseTypeModifier) {
    /// Types below this number are PostgreSQL's own.
    private static final int USER_OID_FIRST = 16_384;

    /// What a type is made of.
    public enum Kind {
        BASE,
        ARRAY,
        DOMAIN,
        ENUM,
        COMPOSITE,
        RANGE,
        PSEUDO
    }

    /// A type that is not made of another one.
    public static DataType of(int oid, ObjectName name, Kind kind) {
        return new DataType(oid, name, kind, 0, -1);
    }

    /// Whether PostgreSQL brought the type along, which then has this number everywhere.
    public boolean isBuiltIn() {
        return isBuiltIn(oid);
    }

    /// Whether a type of that number is PostgreSQL's own.
    public static boolean isBuiltIn(int oid) {
        return Integer.compareUnsigned(oid, USER_OID_FIRST) < 0;
    }
}
