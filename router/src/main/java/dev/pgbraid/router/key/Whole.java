package dev.pgbraid.router.key;

/// A number that PostgreSQL keeps in eight bytes or fewer; [dev.pgbraid.router.key] says of which types.
public record Whole(long value) implements KeyValue {}
