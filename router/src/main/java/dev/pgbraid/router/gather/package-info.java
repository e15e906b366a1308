/// Queries whose rows are on several shards, and whose answer no shard can give a part of.
///
/// ```
/// query ─► Gatherer ─► parts: queries that every shard answers for its own rows
///                      text:  the query, over tables that hold what the parts gave
/// ```
/// There is a part for each table, or one for the whole query where shards can sort and cut its rows ([TopRows]) or
/// group
/// them ([GroupedRows]). The rows of all parts go to one server, the workbench, which runs the text. It computes the
/// answer as it would if it
/// had all rows, for it has all that matter. That each part is right is proven as it is of any other statement.
@NullMarked
package dev.pgbraid.router.gather;

import org.jspecify.annotations.NullMarked;
