package dev.pgbraid.proxy.control;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.ProxyConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What follows the catalogs of those databases of a proxy that have several shards.
public final class Clusters implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Clusters.class);

    private final Map<String, Cluster> clusters = new LinkedHashMap<>();

    private Clusters() {}

    /// Returns when all catalogs and placements are known.
    public static Clusters start(ProxyConfig config) {
        Clusters started = new Clusters();
        try {
            for (DatabaseConfig database : config.databases()) {
                boolean isSpread = database.shards().size() > 1;
                if (isSpread && database.control().user().isEmpty()) {
                    LOGGER.warn(
                            "database {}: without control.user nobody tells this proxy when another one moves rows from"
                                    + " the home shard",
                            database.name());
                } else if (isSpread) {
                    started.clusters.put(
                            database.name(),
                            Cluster.start(database, config.pools().connectTimeout()));
                }
            }
            return started;
        } catch (RuntimeException failed) {
            started.close();
            throw failed;
        }
    }

    /// By the names of the databases.
    public Map<String, Cluster> byName() {
        return Collections.unmodifiableMap(clusters);
    }

    @Override
    public void close() {
        clusters.values().forEach(Cluster::close);
    }
}
