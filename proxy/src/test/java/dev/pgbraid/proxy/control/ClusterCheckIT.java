package dev.pgbraid.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.WireClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a check says of shards, without a proxy.
class ClusterCheckIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TABLE = "CREATE TABLE users (id bigint PRIMARY KEY, name text)";

    private final List<Endpoint> shards = List.of(
            PostgresCluster.shared().freshDatabase(), PostgresCluster.shared().freshDatabase());
    private final DatabaseConfig database = Databases.of(shards, "tables: {users: {key: [id]}}");

    private static void execute(Endpoint shard, String sql) {
        try (WireClient client = WireClient.login(shard)) {
            client.column(sql);
        }
    }

    @Test
    void shardsThatGoTogetherHaveNoProblems() {
        shards.forEach(shard -> execute(shard, TABLE));

        assertThat(ClusterCheck.problems(database, PATIENCE)).isEmpty();
        try (WireClient client = WireClient.login(shards.getFirst())) {
            assertThat(client.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'pgbraid'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void differencesAndWhatShardsCannotCheckAreTold() {
        shards.forEach(shard -> execute(shard, TABLE));
        execute(shards.getLast(), "ALTER TABLE users ADD COLUMN born date");
        execute(shards.getFirst(), "CREATE UNIQUE INDEX ON users (name)");
        execute(shards.getLast(), "CREATE UNIQUE INDEX ON users (name)");

        assertThat(ClusterCheck.problems(database, PATIENCE))
                .anyMatch(problem -> problem.contains("born"))
                .anyMatch(problem -> problem.contains("users_name_idx"));
    }

    @Test
    void aShardThatIsAwayIsTold() {
        PostgresCluster.shared().drop(shards.getLast());

        assertThat(ClusterCheck.problems(database, PATIENCE))
                .singleElement()
                .asString()
                .startsWith("b: ");
    }
}
