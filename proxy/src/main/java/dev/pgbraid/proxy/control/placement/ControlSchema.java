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
/// | `shards`, `tables`, `buckets`, `directory` | the home shard | views of the newest of them, which anybody may read
/// |
///
/// A connection joins an epoch by the function `join`, before any statement is run on it that was routed by that epoch.
/// Its answer is the newest epoch of the shard: if that is newer, the proxy has to learn it, and join again. Whoever
/// makes an epoch holds the lock of the function meanwhile, so each connection is either seen as a member, or sees the
/// new epoch. The members that are gone leave rows, which the next to join takes away; the table is not logged, for no
/// member outlives a crash of the server.
public final class ControlSchema {
    /// The name of the schema, and of the channel on which changes are told.
    public static final String NAME = "pgbraid";

    /// What makes the first version.
    private static final List<String> FIRST = List.of(
            "CREATE SCHEMA IF NOT EXISTS pgbraid",
            "GRANT USAGE ON SCHEMA pgbraid TO PUBLIC",
            "CREATE TABLE pgbraid.version (version integer NOT NULL)",
            "INSERT INTO pgbraid.version VALUES (1)",
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
            """,
            """
            CREATE VIEW pgbraid.shards AS
            SELECT (place - 1)::integer AS number, shard AS name, place = 1 AS is_home
            FROM (SELECT topology FROM pgbraid.placement ORDER BY epoch DESC LIMIT 1) AS newest,
                jsonb_array_elements_text(topology -> 'shards') WITH ORDINALITY AS each(shard, place)\
            """,
            """
            CREATE VIEW pgbraid.buckets AS
            WITH tables AS (
                SELECT CASE WHEN strpos(stored ->> 'name', '.') > 0 THEN '' ELSE 'public.' END
                    || (stored ->> 'name') AS table_name, stored
                FROM (SELECT topology FROM pgbraid.placement ORDER BY epoch DESC LIMIT 1) AS newest,
                    jsonb_array_elements(topology -> 'tables') AS each(stored)
                WHERE stored ->> 'kind' = 'sharded'),
            runs AS (
                SELECT table_name, place, (run ->> 'buckets')::integer AS count, run ->> 'shard' AS shard
                FROM tables, jsonb_array_elements(stored -> 'placement') WITH ORDINALITY AS each(run, place)
                UNION ALL
                SELECT table_name, place, 1, part ->> 'shard'
                FROM tables, jsonb_array_elements((stored -> 'ranges') || (stored -> 'lists'))
                    WITH ORDINALITY AS each(part, place)
                WHERE stored ->> 'strategy' IN ('range', 'list')
                UNION ALL
                SELECT table_name, 1 + jsonb_array_length((stored -> 'ranges') || (stored -> 'lists')), 1,
                    stored ->> 'default-shard'
                FROM tables WHERE stored ->> 'default-shard' IS NOT NULL)
            SELECT table_name, (sum(count) OVER this - count)::integer AS first,
                (sum(count) OVER this - 1)::integer AS last, shard
            FROM runs WINDOW this AS (PARTITION BY table_name ORDER BY place)\
            """,
            """
            CREATE VIEW pgbraid.tables AS
            SELECT CASE WHEN strpos(stored ->> 'name', '.') > 0 THEN '' ELSE 'public.' END
                    || (stored ->> 'name') AS name,
                stored ->> 'kind' AS kind,
                ARRAY(SELECT jsonb_array_elements_text(stored -> 'key')) AS key,
                CASE WHEN strpos(stored ->> 'colocated-with', '.') > 0 THEN '' ELSE 'public.' END
                    || (stored ->> 'colocated-with') AS colocated_with,
                CASE WHEN stored ->> 'kind' = 'sharded' THEN stored ->> 'strategy' END AS strategy
            FROM (SELECT topology FROM pgbraid.placement ORDER BY epoch DESC LIMIT 1) AS newest,
                jsonb_array_elements(topology -> 'tables') AS each(stored)\
            """,
            "GRANT SELECT ON pgbraid.shards, pgbraid.buckets, pgbraid.tables TO PUBLIC");

    /// Keys that have a place of their own.
    private static final List<String> DIRECTORY = List.of("""
        CREATE VIEW pgbraid.directory AS
        SELECT CASE WHEN strpos(stored ->> 'name', '.') > 0 THEN '' ELSE 'public.' END
                || (stored ->> 'name') AS table_name,
            entry ->> 'key' AS key, entry ->> 'shard' AS shard
        FROM (SELECT topology FROM pgbraid.placement ORDER BY epoch DESC LIMIT 1) AS newest,
            jsonb_array_elements(topology -> 'tables') AS each(stored),
            jsonb_array_elements(stored -> 'entries') AS listed(entry)\
        """, "GRANT SELECT ON pgbraid.directory TO PUBLIC");

    /// What makes each version of the one before. A step that was released never changes: schemas have taken it.
    static final List<List<String>> STEPS = List.of(FIRST, DIRECTORY);

    private ControlSchema() {}

    /// Makes the schema where it is missing, and takes it to this version where it is older. Any number of proxies may
    /// do it at once; those of the version before go on with it, as steps only add to what they use.
    public static void provide(ShardPool shard) throws ShardFailure, StoreFailure {
        provide(shard, STEPS);
    }

    static void provide(ShardPool shard, List<List<String>> steps) throws ShardFailure, StoreFailure {
        int version;
        try (ShardTransaction transaction = shard.read()) {
            version = version(transaction);
        }
        if (version < steps.size()) {
            version = upgrade(shard, steps);
        }
        if (version > steps.size()) {
            throw new StoreFailure(shard.name() + ": the schema pgbraid is of version " + version
                    + ", and this pgbraid knows no later one than " + steps.size());
        }
    }

    private static int upgrade(ShardPool shard, List<List<String>> steps) throws ShardFailure {
        try (ShardTransaction transaction = shard.write()) {
            transaction.rows("SELECT pg_advisory_xact_lock(hashtextextended('pgbraid', 0)) AS locked", _ -> true);
            int version = version(transaction);
            if (version >= steps.size()) {
                return version;
            }
            for (List<String> step : steps.subList(version, steps.size())) {
                for (String statement : step) {
                    transaction.execute(statement);
                }
            }
            transaction.execute("UPDATE pgbraid.version SET version = ?", steps.size());
            transaction.commit();
            return steps.size();
        }
    }

    /// The version of the schema that is there, 0 if none is.
    ///
    /// Looks into the table itself: what is known of names is not refreshed by waiting for an advisory lock.
    private static int version(ShardTransaction transaction) throws ShardFailure {
        boolean isThere = transaction.row(
                "SELECT count(*) > 0 AS there FROM pg_namespace WHERE nspname = 'pgbraid'", row -> row.flag("there"));
        return isThere ? transaction.row("SELECT version FROM pgbraid.version", row -> row.number("version")) : 0;
    }
}
