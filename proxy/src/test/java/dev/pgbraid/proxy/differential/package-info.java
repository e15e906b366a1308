/// The same statements in one plain PostgreSQL and through the proxy before several shards.
///
/// Schema and data are in `src/test/resources/differential`: `schema.sql` and `data.sql` fill one database, and each
/// shard is a copy of it from which the rows of other shards are deleted. PostgreSQL says which these are: every
/// sharded
/// table has a constraint `on_its_shard`, which also finds rows that the proxy brings to a wrong shard.
///
/// In `read` are files of statements that run by themselves, in `session` those of which the statements of a paragraph
/// run in their order, in `write` those of which each paragraph is a transaction that is rolled back, in `keep` those
/// that are committed. A file begins with what it is about and how many in a
/// hundred of its statements must be answered, not refused. A statement ends with the semicolon at the end of a line;
/// lines before it say more about it:
///
/// ```
/// -- params: 5, 'abc', NULL::uuid     the values of $1, $2, $3
/// -- error: 22012                     what PostgreSQL itself says
/// -- ties                             its ORDER BY leaves the order of some rows open
/// -- simple                           is for the simple protocol alone
/// -- for each key                     once for each line of keys.txt, whose columns are put in for {table}, {key}, …
/// ```
@NullMarked
package dev.pgbraid.proxy.differential;

import org.jspecify.annotations.NullMarked;
