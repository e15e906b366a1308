package dev.pgbraid.router.catalog;

/// An operator that PostgreSQL did not bring along.
///
/// @param left the type of its left operand, 0 for a prefix operator
/// @param right the type of its right operand
/// @param volatility of its function
public record Operator(ObjectName name, int left, int right, Volatility volatility) {}
