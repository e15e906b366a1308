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
/// | `member` | all shards | the connections through which proxies run statements, with the epoch that each has joined
/// |
/// | `placement` | the home shard | a row of what is stored for each of the last epochs |
///
/// A connection joins an epoch by the function `join`, before any statement is run on it that was routed by that epoch.
/// Its answer is the newest epoch of the shard: if that is newer, the proxy has to learn it, and join again. Whoever
/// makes an epoch holds the lock of the function meanwhile, so each connection is either seen as a member, or sees the
/// new epoch. The members that are gone leave rows, which the next to join takes away; the table is not logged, for no
/// member outlives a crash of the server.
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
            "CREATE UNLOGGED TABLE pgbraid.member (pid integer PRIMARY KEY, since timestamptz, epoch bigint NOT NULL)",
            """
            CREATE FUNCTION pgbraid.join(known bigint) RETURNS bigint
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
            DECLARE
                newest bigint;
            BEGIN
                PERFORM pg_advisory_xact_lock_shared(hashtextextended('pgbraid.epoch', 0));
                DELETE FROM pgbraid.member WHERE pid NOT IN (SELECT pid FROM pg_stat_activity);
                INSERT INTO pgbraid.member
                SELECT pid, backend_start, known FROM pg_stat_activity WHERE pid = pg_backend_pid()
                ON CONFLICT (pid) DO UPDATE SET since = excluded.since, epoch = excluded.epoch;
                SELECT epoch INTO newest FROM pgbraid.epoch;
                RETURN newest;
            END
            $$\
            """,
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
