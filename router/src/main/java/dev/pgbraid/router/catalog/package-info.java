/// What is in a database, as its shards say alike: schemas, relations, functions, operators and types.
///
/// A [dev.pgbraid.router.catalog.Catalog] is an immutable picture. Objects are known by their names, for their object
/// identifiers differ from shard to shard; only types have numbers, those of the home shard, and the numbers of
/// built-in types are the same everywhere.
@NullMarked
package dev.pgbraid.router.catalog;

import org.jspecify.annotations.NullMarked;
