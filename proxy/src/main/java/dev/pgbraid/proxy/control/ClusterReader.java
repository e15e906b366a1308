package dev.pgbraid.proxy.control;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.control.catalog.CatalogUnion;
import dev.pgbraid.proxy.control.catalog.ShardCatalog;
import dev.pgbraid.proxy.control.catalog.ShardState;
import dev.pgbraid.proxy.control.placement.ControlSchema;
import dev.pgbraid.proxy.control.placement.Declarations;
import dev.pgbraid.proxy.control.placement.PlacementStore;
import dev.pgbraid.proxy.control.placement.StoreFailure;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.proxy.control.placement.TopologyFile;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import dev.pgbraid.router.sharding.ShardId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the placement and the shards again and again. What cannot be read is as it was when it was last read.
///
/// It belongs to one thread.
final class ClusterReader {
    private static final Logger LOGGER = LoggerFactory.getLogger(ClusterReader.class);
    private static final int APPEND_ATTEMPTS = 10;

    private final DatabaseConfig file;
    private final List<ShardPool> pools;
    private final PlacementStore store;
    private final Optional<TopologyFile> copy;
    private final SortedMap<ShardId, ShardState> states = new TreeMap<>();
    private final Map<Integer, ShardCatalog> builtIn = new HashMap<>();
    /// What is wrong now, by what it is wrong with; others look at it.
    private final SortedMap<String, String> failures = new ConcurrentSkipListMap<>();

    private @Nullable StoredTopology stored;
    private boolean isDeclared;
    /// Whether something was read that nobody has been told.
    private boolean isNews;
    /// Whether a shard has yet to end a change that is stored, so that what was read does not go together.
    private boolean isLate;

    ClusterReader(DatabaseConfig file, List<ShardPool> pools, PlacementStore store) {
        this.file = file;
        this.pools = List.copyOf(pools);
        this.store = store;
        this.copy = file.control().directory().map(directory -> new TopologyFile(directory, file.name()));
    }

    /// What cannot be read, in words.
    List<String> failures() {
        return List.copyOf(failures.values());
    }

    /// Reads everything that has changed.
    ///
    /// @return the new state; nothing if there is no news, or not enough is known
    /// @throws ProxyException if the configuration cannot be used with what is stored
    Optional<ClusterState> refresh() {
        isNews |= refreshStored();
        isNews |= refreshShards();
        StoredTopology known = stored;
        if (!isNews || isLate || known == null || states.isEmpty()) {
            return Optional.empty();
        }
        isNews = false;
        List<ShardState> ordered = List.copyOf(states.values());
        ShardCatalog ownObjects = builtIn.get(ordered.getFirst().server().majorVersion());
        return Optional.ofNullable(ownObjects)
                .map(objects -> ClusterState.of(
                        file, known, CatalogUnion.of(Declarations.database(file, known), objects, ordered)));
    }

    private boolean refreshStored() {
        try {
            StoredTopology read = isDeclared ? store.read().orElse(StoredTopology.NOTHING) : declare();
            isDeclared = true;
            worked("placement");
            return take(read);
        } catch (StoreFailure failed) {
            failed("placement", failed.getMessage());
            return stored == null && takeCopy();
        }
    }

    /// Stores what the file declares and is not stored yet.
    private StoredTopology declare() throws StoreFailure {
        for (int attempt = 0; attempt < APPEND_ATTEMPTS; attempt++) {
            StoredTopology read = store.read().orElse(StoredTopology.NOTHING);
            requireNoContradiction(read);
            Optional<StoredTopology> more =
                    Declarations.additions(file, read, UUID.randomUUID().toString());
            if (more.isEmpty()) {
                return read;
            }
            if (store.append(more.get())) {
                return more.get();
            }
        }
        throw new StoreFailure("other proxies change the placement all the time");
    }

    private void requireNoContradiction(StoredTopology read) {
        List<String> contradictions = Declarations.contradictions(file, read);
        if (!contradictions.isEmpty()) {
            throw new ProxyException(
                    ErrorCode.CONFIG_UNUSABLE,
                    "database " + file.name() + ": the configuration file contradicts the placement that is stored: "
                            + String.join("; ", contradictions),
                    "What is stored is what shards hold. Let the file say the same, or leave the table out of it.");
        }
    }

    private boolean take(StoredTopology read) {
        StoredTopology before = stored;
        if (before != null && read.epoch() <= before.epoch()) {
            return false;
        }
        stored = read;
        copy.ifPresent(target -> {
            try {
                target.write(read);
            } catch (StoreFailure failed) {
                LOGGER.warn("the copy of the placement is old: {}", failed.getMessage());
            }
        });
        return true;
    }

    private boolean takeCopy() {
        if (copy.isEmpty()) {
            return false;
        }
        try {
            Optional<StoredTopology> read = copy.get().read();
            read.ifPresent(this::requireNoContradiction);
            read.ifPresent(topology -> LOGGER.warn(
                    "the placement of epoch {} is taken from its copy, for the store is away", topology.epoch()));
            stored = read.orElse(null);
            return read.isPresent();
        } catch (StoreFailure failed) {
            failed("copy of the placement", failed.getMessage());
            return false;
        }
    }

    /// What became of an attempt to read a shard.
    private record Reading(ShardId shard, Optional<ShardState> state, String failure, boolean isLate) {
        static Reading of(ShardId shard, ShardState state) {
            return new Reading(shard, Optional.of(state), "", false);
        }
    }

    /// Whether it should be read again soon.
    boolean isLate() {
        return isLate;
    }

    private boolean refreshShards() {
        boolean isChanged = false;
        isLate = false;
        long moved = stored == null ? 0 : stored.moved();
        List<CompletableFuture<Reading>> readings = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < pools.size(); i++) {
                ShardPool pool = pools.get(i);
                ShardId shard = new ShardId(i, pool.name());
                Optional<ShardState> before = Optional.ofNullable(states.get(shard));
                readings.add(CompletableFuture.supplyAsync(() -> read(shard, pool, before, moved), threads));
            }
        }
        for (CompletableFuture<Reading> reading : readings) {
            isChanged |= take(reading.join());
        }
        return isChanged;
    }

    private boolean take(Reading reading) {
        String what = "shard " + reading.shard;
        String lateness = "change on " + what;
        failures.remove(lateness);
        if (reading.isLate) {
            isLate = true;
            failures.put(lateness, reading.failure);
            return false;
        }
        if (reading.state.isEmpty()) {
            failed(what, reading.failure);
            return false;
        }
        worked(what);
        ShardState before = states.put(reading.shard, reading.state.get());
        return before == null || !before.equals(reading.state.get());
    }

    private Reading read(ShardId shard, ShardPool pool, Optional<ShardState> before, long moved) {
        try {
            if (before.isEmpty()) {
                ControlSchema.provide(pool);
            }
            try (ShardTransaction transaction = pool.read()) {
                if (transaction.row("SELECT epoch FROM pgbraid.epoch", row -> row.whole("epoch")) < moved) {
                    String late = shard + ": the change of epoch " + moved + " has not ended there yet";
                    return new Reading(shard, Optional.empty(), late, true);
                }
                if (before.isPresent() && before.get().isCurrent(transaction)) {
                    return Reading.of(shard, before.get());
                }
                ShardState state = ShardState.read(shard, transaction);
                provideBuiltIn(state, transaction);
                return Reading.of(shard, state);
            }
        } catch (ShardFailure | StoreFailure failed) {
            return new Reading(shard, Optional.empty(), String.valueOf(failed.getMessage()), false);
        }
    }

    private void provideBuiltIn(ShardState state, ShardTransaction transaction) throws ShardFailure {
        synchronized (builtIn) {
            int version = state.server().majorVersion();
            if (!builtIn.containsKey(version)) {
                builtIn.put(version, state.builtIn(transaction));
            }
        }
    }

    private void worked(String what) {
        if (failures.remove(what) != null) {
            LOGGER.info("database {}: the {} can be read again", file.name(), what);
        }
    }

    private void failed(String what, String words) {
        if (failures.put(what, words) == null) {
            LOGGER.warn("database {}: the {} cannot be read: {}", file.name(), what, words);
        }
    }
}
