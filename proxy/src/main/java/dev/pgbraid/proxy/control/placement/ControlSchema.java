package dev.pgbraid.proxy.control.placement;

import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import java.util.List;

/// The schema `pgbraid`, which every shard has.
///
/// | table | of | holds |
/// |---|---|---|
/// | `version` | all shards | the version of the schema |
/// | `epoch` | all shards | the newest epoch that was made on this shard |
/// | `placement` | the home shard | a row of what is stored for each of the last epochs |
public final class ControlSchema {
    /// The name of the schema, and of the channel on which changes are told.
    public static final String NAME = "pgbraid";

    private static final int VERSION = 1;

    private static final List<String> STATEMENTS = List.of(
            "CREATE SCHEMA IF NOT EXISTS pgbraid",
            "GRANT USAGE ON SCHEMA pgbraid TO PUBLIC",
            "CREATE TABLE pgbraid.version (version integer NOT NULL)",
            "INSERT INTO pgbraid.version VALUES (" + VERSION + ")",
            "CREATE TABLE pgbraid.epoch (epoch bigint NOT NULL)",
            "INSERT INTO pgbraid.epoch VALUES (0)",
            "GRANT SELECT ON pgbraid.epoch TO PUBLIC",
            """
            CREATE TABLE pgbraid.placement (
                epoch bigint PRIMARY KEY,
                topology jsonb NOT NULL,
                since timestamptz NOT NULL DEFAULT now())\
            """);

    private ControlSchema() {}

    /// Makes the schema where it is missing. Any number of proxies may do it at once.
    public static void provide(ShardPool shard) throws ShardFailure, StoreFailure {
        try (ShardTransaction transaction = shard.write()) {
            if (!isThere(transaction)) {
                make(transaction);
            }
        }
        try (ShardTransaction transaction = shard.read()) {
            int version = transaction.row("SELECT version FROM pgbraid.version", row -> row.number("version"));
            if (version > VERSION) {
                throw new StoreFailure(shard.name() + ": the schema pgbraid is of version " + version
                        + ", and this pgbraid knows no later one than " + VERSION);
            }
        }
    }

    private static void make(ShardTransaction transaction) throws ShardFailure {
        transaction.rows("SELECT pg_advisory_xact_lock(hashtextextended('pgbraid', 0)) AS locked", _ -> true);
        if (!isThere(transaction)) {
            for (String statement : STATEMENTS) {
                transaction.execute(statement);
            }
            transaction.commit();
        }
    }

    /// Looks into the table itself: what is known of names is not refreshed by waiting for an advisory lock.
    private static boolean isThere(ShardTransaction transaction) throws ShardFailure {
        return transaction.row(
                "SELECT count(*) > 0 AS there FROM pg_namespace WHERE nspname = 'pgbraid'", row -> row.flag("there"));
    }
}
