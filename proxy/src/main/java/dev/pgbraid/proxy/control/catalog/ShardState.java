package dev.pgbraid.proxy.control.catalog;

import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import dev.pgbraid.router.sharding.ShardId;

/// What is known of one shard, as it was when it was last read.
///
/// @param fingerprint what changes whenever the catalog does
public record ShardState(ShardId shard, String fingerprint, ServerFacts server, ShardCatalog catalog) {
    /// Reads a shard.
    ///
    /// @param transaction sees one state
    public static ShardState read(ShardId shard, ShardTransaction transaction) throws ShardFailure {
        ServerFacts server = CatalogReader.server(transaction);
        return new ShardState(
                shard, CatalogReader.fingerprint(transaction), server, CatalogReader.ofUsers(transaction, server));
    }

    /// Whether what is known is what would be read now.
    public boolean isCurrent(ShardTransaction transaction) throws ShardFailure {
        return fingerprint.equals(CatalogReader.fingerprint(transaction));
    }

    /// PostgreSQL's own objects, which are those of all servers of its version.
    public ShardCatalog builtIn(ShardTransaction transaction) throws ShardFailure {
        return CatalogReader.builtIn(transaction, server);
    }
}
