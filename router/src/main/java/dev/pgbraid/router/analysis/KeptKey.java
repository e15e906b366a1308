package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.Term;
import dev.pgbraid.router.key.KeyColumn;

/// A key column that is set to a value, which must be the one that it has.
///
/// @param table for messages
/// @param old what is known of the value before
record KeptKey(String table, KeyColumn column, Restriction old, Term value) {}
