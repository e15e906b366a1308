package dev.pgbraid.router.catalog;

/// A conversion that PostgreSQL did not bring along and that it makes without being asked.
///
/// @param source the type of the value
/// @param target the type that it becomes
public record ImplicitCast(int source, int target) {}
