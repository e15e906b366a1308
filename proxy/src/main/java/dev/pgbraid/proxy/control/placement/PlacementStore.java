package dev.pgbraid.proxy.control.placement;

import java.util.Optional;

/// Where the placement of a database is kept. All proxies of a database use the same one.
public interface PlacementStore extends AutoCloseable {
    /// What is stored; nothing before the first proxy has started.
    Optional<StoredTopology> read() throws StoreFailure;

    /// Stores the topology of the next epoch. That is done once and for all, or not at all.
    ///
    /// @return whether it is stored; if not, another proxy has stored one of this epoch
    boolean append(StoredTopology next) throws StoreFailure;

    @Override
    void close();
}
