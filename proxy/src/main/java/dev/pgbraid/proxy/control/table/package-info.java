/// Changes which shards hold the rows of a table, in one step over all shards.
///
/// | epoch | the table | who may work |
/// |---|---|---|
/// | before | is where it was | everybody |
/// | held | is not used by anybody | everybody else; connections that have not joined this epoch in time are ended |
/// | next | is where it is to be | everybody; a transaction that has begun before is told to be repeated |
///
/// In the held epoch the router treats the table as one that is on several shards, so that what could reach it unseen,
/// such as the body of a function, is refused as it is afterwards. Its rows move when nobody is left who works by an
/// epoch before.
///
/// Every shard prepares its part of the change; storing the next epoch decides it; then every shard commits. A proxy
/// that dies in between leaves prepared transactions, which any other one ends the way that was decided.
@NullMarked
package dev.pgbraid.proxy.control.table;

import org.jspecify.annotations.NullMarked;
