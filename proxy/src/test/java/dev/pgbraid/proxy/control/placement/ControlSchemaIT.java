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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The schema of the proxy is made, and goes forward.
class ControlSchemaIT {
    private static final List<List<String>> FIRST = ControlSchema.STEPS.subList(0, 1);
    private static final List<List<String>> LATER = later();

    private final DatabaseConfig database =
            Databases.of(List.of(PostgresCluster.shared().freshDatabase()), "tables: {users: {key: [id]}}");
    private final ShardPool shard =
            new ShardPool(database.shards().getFirst(), database.control(), Duration.ofSeconds(5));

    private static List<List<String>> later() {
        List<List<String>> steps = new ArrayList<>(ControlSchema.STEPS);
        steps.add(List.of("CREATE TABLE pgbraid.later (id integer)", "INSERT INTO pgbraid.later VALUES (1)"));
        return steps;
    }

    @AfterEach
    void close() {
        shard.close();
    }

    private int version() throws ShardFailure {
        try (ShardTransaction transaction = shard.read()) {
            return transaction.row("SELECT version FROM pgbraid.version", row -> row.number("version"));
        }
    }

    private long rowsOfLater() throws ShardFailure {
        try (ShardTransaction transaction = shard.read()) {
            return transaction.row("SELECT count(*) AS n FROM pgbraid.later", row -> row.whole("n"));
        }
    }

    @Test
    void anOldSchemaGoesForwardAndKeepsWhatItHas() throws ShardFailure, StoreFailure {
        ControlSchema.provide(shard, FIRST);
        assertThat(version()).isEqualTo(1);
        try (ShardTransaction transaction = shard.write()) {
            transaction.execute("UPDATE pgbraid.epoch SET epoch = 7");
            transaction.commit();
        }

        ControlSchema.provide(shard);

        assertThat(version()).isEqualTo(ControlSchema.STEPS.size()).isGreaterThan(1);
        try (ShardTransaction transaction = shard.read()) {
            long epoch = transaction.row("SELECT epoch FROM pgbraid.epoch", row -> row.whole("epoch"));
            assertThat(epoch).isEqualTo(7);
            List<String> keys = transaction.rows("SELECT key FROM pgbraid.directory", row -> row.text("key"));
            assertThat(keys).isEmpty();
        }
    }

    @Test
    void ofManyThatUpgradeAtOnceOneDoes() throws ShardFailure, StoreFailure {
        ControlSchema.provide(shard, FIRST);
        List<CompletableFuture<Void>> upgrades = IntStream.range(0, 4)
                .mapToObj(_ -> CompletableFuture.runAsync(() -> {
                    try {
                        ControlSchema.provide(shard, LATER);
                    } catch (ShardFailure | StoreFailure failed) {
                        throw new CompletionException(failed);
                    }
                }))
                .toList();
        upgrades.forEach(CompletableFuture::join);

        assertThat(version()).isEqualTo(LATER.size());
        assertThat(rowsOfLater()).isEqualTo(1);
    }

    @Test
    void aStepThatFailsLeavesTheSchemaAsItWas() throws ShardFailure, StoreFailure {
        ControlSchema.provide(shard, FIRST);
        List<List<String>> broken = new ArrayList<>(LATER);
        broken.add(List.of("CREATE TABLE pgbraid.later (id integer)"));

        assertThatThrownBy(() -> ControlSchema.provide(shard, broken)).isInstanceOf(ShardFailure.class);
        assertThat(version()).isEqualTo(1);
        ControlSchema.provide(shard, LATER);
        assertThat(rowsOfLater()).isEqualTo(1);
    }

    @Test
    void aLaterSchemaIsRefused() throws ShardFailure, StoreFailure {
        ControlSchema.provide(shard, LATER);

        assertThatThrownBy(() -> ControlSchema.provide(shard))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("is of version " + LATER.size());
        assertThat(version()).isEqualTo(LATER.size());
    }
}
