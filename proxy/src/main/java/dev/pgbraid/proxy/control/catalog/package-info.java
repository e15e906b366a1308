/// What the catalogs of the shards say: read of each shard by itself, then made one.
///
/// ```
/// shard ─ CatalogReader ─► ShardCatalog ─┐
/// shard ─ CatalogReader ─► ShardCatalog ─┴─ CatalogUnion ─► Catalog, and how the shards differ
/// ```
@NullMarked
package dev.pgbraid.proxy.control.catalog;

import org.jspecify.annotations.NullMarked;
