package dev.pgbraid.router.catalog;

/// The name of an object with its schema, both as PostgreSQL stores them.
public record ObjectName(String schema, String name) {
    public static final String CATALOG_SCHEMA = "pg_catalog";

    /// An object in `pg_catalog`.
    public static ObjectName builtIn(String name) {
        return new ObjectName(CATALOG_SCHEMA, name);
    }

    /// Whether PostgreSQL brought the object along.
    public boolean isBuiltIn() {
        return schema.equals(CATALOG_SCHEMA) || schema.equals("information_schema");
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
