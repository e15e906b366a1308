/// Which shard holds a row: key → bucket → shard.
///
/// A [dev.pgbraid.router.sharding.KeyFunction] takes a key to a bucket, a
/// [dev.pgbraid.router.sharding.Placement] takes a bucket to a shard, and a
/// [dev.pgbraid.router.sharding.Sharding] is such a pair. Everything that routes, fans out or moves rows knows
/// buckets only.
///
/// | strategy | function | placement at first |
/// |---|---|---|
/// | hash | `HashFunction` over many buckets | equal runs of buckets |
/// | modulo | `HashFunction` over as many buckets as shards | bucket *n* on shard *n* |
/// | ring | `RingFunction`, a bucket per virtual node | the shard of the virtual node |
/// | range | `RangeFunction`, a bucket per range | as declared |
/// | list | `ListFunction`, a bucket per list | as declared |
/// | schema | `ListFunction` over the name of the schema | as declared |
/// | directory | `DirectoryFunction`, a bucket per shard | bucket *n* on shard *n* |
@NullMarked
package dev.pgbraid.router.sharding;

import org.jspecify.annotations.NullMarked;
