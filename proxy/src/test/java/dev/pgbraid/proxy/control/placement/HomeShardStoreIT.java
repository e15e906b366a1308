package dev.pgbraid.proxy.control.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.proxy.control.Databases;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import dev.pgbraid.proxy.testing.PostgresCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HomeShardStoreIT {
    private final DatabaseConfig database =
            Databases.of(List.of(PostgresCluster.shared().freshDatabase()), "tables: {users: {key: [id]}}");
    private final ShardPool home =
            new ShardPool(database.shards().getFirst(), database.control(), Duration.ofSeconds(5));
    private final HomeShardStore store = new HomeShardStore(home);

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void nothingIsStoredAtFirst() throws StoreFailure {
        assertThat(store.read()).isEmpty();
    }

    @Test
    void eachEpochIsTakenOnce() throws StoreFailure {
        StoredTopology first = first("one");

        assertThat(store.append(first)).isTrue();
        assertThat(store.append(first("other"))).isFalse();
        assertThat(store.append(first.next("x", List.of(), List.of()).next("y", List.of(), List.of())))
                .isFalse();
        assertThat(store.read()).contains(first);
        assertThat(store.append(first.next("two", List.of(), List.of()))).isTrue();
        assertThat(store.read()).contains(first.next("two", List.of(), List.of()));
    }

    @Test
    void ofAllThatBeginAtOnceOneIsFirst() throws StoreFailure {
        List<CompletableFuture<Boolean>> starts = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return new HomeShardStore(home).append(first("proxy " + i));
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
    void aChangeIsTold() throws StoreFailure, ShardFailure {
        try (ShardPool.Subscription subscription = home.subscribe(ControlSchema.NAME)) {
            store.append(first("one"));
            assertThat(subscription.await(Duration.ofSeconds(10))).containsExactly("placement");
        }
    }

    @Test
    void aLaterSchemaIsLeftAlone() throws StoreFailure, ShardFailure {
        store.read();
        try (ShardTransaction transaction = home.write()) {
            transaction.execute("UPDATE pgbraid.version SET version = 99");
            transaction.commit();
        }
        assertThatThrownBy(() -> new HomeShardStore(home).read())
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("a: the schema pgbraid is of version 99");
    }

    private StoredTopology first(String change) {
        return Declarations.additions(database, StoredTopology.NOTHING, change).orElseThrow();
    }
}
