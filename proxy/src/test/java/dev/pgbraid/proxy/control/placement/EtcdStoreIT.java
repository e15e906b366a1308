package dev.pgbraid.proxy.control.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.proxy.control.Cluster;
import dev.pgbraid.proxy.control.ClusterCheck;
import dev.pgbraid.proxy.control.Databases;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.EtcdServer;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.WireClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// The placement in a real server of etcd.
class EtcdStoreIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private static final EtcdServer SERVER = EtcdServer.start();

    private final List<Endpoint> shards = List.of(
            PostgresCluster.shared().freshDatabase(), PostgresCluster.shared().freshDatabase());
    private final DatabaseConfig database =
            Databases.of(shards, ", etcd: ['" + SERVER.address() + "']", "tables: {users: {key: [id]}}");
    private final EtcdStore store;

    EtcdStoreIT(TestInfo test) {
        this.store = new EtcdStore(List.of(NOBODY, SERVER.address()), test.getDisplayName());
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private StoredTopology first(String change) {
        return Declarations.additions(database, StoredTopology.NOTHING, change).orElseThrow();
    }

    @Test
    void eachEpochIsTakenOnce() throws StoreFailure {
        StoredTopology first = first("one");
        assertThat(store.read()).isEmpty();

        assertThat(store.append(first)).isTrue();
        assertThat(store.append(first("other"))).isFalse();
        assertThat(store.append(first.next("x").next("y"))).isFalse();
        assertThat(store.read()).contains(first);
        assertThat(store.append(first.next("two"))).isTrue();
        assertThat(store.read()).contains(first.next("two"));
    }

    @Test
    void ofAllThatBeginAtOnceOneIsFirst() throws StoreFailure {
        List<CompletableFuture<Boolean>> starts = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return store.append(first("proxy " + i));
                    } catch (StoreFailure failed) {
                        throw new CompletionException(failed);
                    }
                }))
                .toList();

        assertThat(starts.stream().map(CompletableFuture::join).filter(isFirst -> isFirst))
                .hasSize(1);
        assertThat(store.read().orElseThrow().epoch()).isEqualTo(1);
    }

    @Test
    void nobodyBeginsAgainWhenOldEpochsAreForgotten() throws StoreFailure {
        StoredTopology topology = first("one");
        for (int epoch = 1; epoch <= 110; epoch++) {
            assertThat(store.append(topology)).isTrue();
            topology = topology.next("change");
        }
        assertThat(store.append(first("late"))).isFalse();
        assertThat(store.append(first("late").next("later"))).isFalse();
        assertThat(store.read().orElseThrow().epoch()).isEqualTo(110);
    }

    @Test
    void aServerThatIsAwayIsTold() {
        try (EtcdStore away = new EtcdStore(List.of(NOBODY), "away")) {
            assertThatThrownBy(away::read).isInstanceOf(StoreFailure.class).hasMessageContaining(NOBODY + " is away");
        }
    }

    @Test
    void aClusterKeepsItsPlacementThere() throws StoreFailure {
        for (Endpoint shard : shards) {
            try (WireClient client = WireClient.login(shard)) {
                client.query("CREATE TABLE users (id bigint PRIMARY KEY)");
            }
        }
        try (Cluster cluster = Cluster.start(database, PATIENCE);
                EtcdStore beside = new EtcdStore(List.of(SERVER.address()), database.name())) {
            assertThat(beside.read()).contains(cluster.state().stored());
            assertThat(cluster.listing().tables()).hasSize(1);
            assertThat(ClusterCheck.problems(database, PATIENCE)).isEmpty();
        }
        try (WireClient client = WireClient.login(shards.getFirst())) {
            assertThat(client.column("SELECT count(*) FROM pgbraid.placement")).containsExactly("0");
        }
    }
}
