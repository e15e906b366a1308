package dev.pgbraid.router.utility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.router.Shop;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UtilityPlannerTest {
    private static Utility read(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        Tokens tokens = new Lexer().read(text, 0, text.length, TextRules.DEFAULT);
        assertThat(tokens.error()).isEmpty();
        assertThat(tokens.statementCount()).isEqualTo(1);
        return UtilityReader.read(tokens, tokens.firstToken(0), tokens.tokensEnd(0));
    }

    private static String plan(String sql, String... shards) {
        UtilityPlanner planner = new UtilityPlanner(Shop.on(shards), Shop.perspective());
        return Shop.shown(planner.plan(read(sql)));
    }

    /// What every shard has alike is made and changed on all of them.
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        CREATE SCHEMA s
        CREATE SCHEMA IF NOT EXISTS s AUTHORIZATION bob
        ALTER SCHEMA s OWNER TO bob
        ALTER SCHEMA s RENAME TO z
        DROP SCHEMA s CASCADE
        CREATE TYPE mood AS ENUM ('sad', 'ok')
        ALTER TYPE mood ADD VALUE 'happy'
        DROP TYPE IF EXISTS mood
        CREATE DOMAIN d AS int CHECK (VALUE > 0)
        ALTER DOMAIN d DROP CONSTRAINT c
        CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'
        CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END
        CREATE PROCEDURE p() LANGUAGE sql AS ''
        ALTER FUNCTION f(int) STABLE
        DROP FUNCTION f(int), g
        DROP ROUTINE f
        CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int)
        CREATE EXTENSION IF NOT EXISTS pgcrypto
        DROP EXTENSION pgcrypto
        CREATE ROLE r LOGIN
        CREATE USER r
        CREATE GROUP g
        ALTER ROLE r SET work_mem = '1MB'
        ALTER USER r PASSWORD 'x'
        DROP ROLE r
        CREATE USER MAPPING FOR bob SERVER s
        CREATE COLLATION c (provider = icu, locale = 'de')
        CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = f)
        CREATE OPERATOR CLASS c FOR TYPE int USING btree AS OPERATOR 1 <
        DROP OPERATOR FAMILY f USING btree
        CREATE TEXT SEARCH CONFIGURATION c (COPY = english)
        CREATE CAST (int AS text) WITH INOUT
        CREATE DEFAULT CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM f
        CREATE TRUSTED PROCEDURAL LANGUAGE l HANDLER h
        CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f()
        CREATE FOREIGN DATA WRAPPER w
        CREATE SERVER s FOREIGN DATA WRAPPER w
        CREATE ACCESS METHOD m TYPE TABLE HANDLER h
        CREATE PUBLICATION p FOR ALL TABLES
        DROP PUBLICATION p
        GRANT admin TO bob WITH ADMIN OPTION
        REVOKE ADMIN OPTION FOR admin FROM bob
        GRANT USAGE ON SCHEMA public TO bob
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO bob
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO bob
        GRANT EXECUTE ON FUNCTION f(int) TO bob
        GRANT USAGE ON TYPE mood TO bob
        GRANT USAGE ON FOREIGN SERVER s TO bob
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO bob
        REASSIGN OWNED BY a TO b
        DROP OWNED BY a
        COMMENT ON SCHEMA public IS 'x'
        COMMENT ON FUNCTION f(int) IS 'x'
        COMMENT ON CONSTRAINT c ON DOMAIN d IS 'x'
        SECURITY LABEL FOR 'p' ON ROLE r IS 'x'
        CREATE SEQUENCE s
        CREATE SEQUENCE IF NOT EXISTS s START 5 OWNED BY NONE
        ALTER SEQUENCE numbers RESTART
        DROP SEQUENCE numbers
        DROP SEQUENCE IF EXISTS nothing
        GRANT USAGE ON SEQUENCE numbers TO bob
        VACUUM
        VACUUM (ANALYZE)
        VACUUM FULL VERBOSE
        ANALYZE
        ANALYZE VERBOSE
        VACUUM pg_class
        REINDEX SCHEMA public
        REINDEX (VERBOSE) DATABASE
        CLUSTER
        CHECKPOINT
        """)
    void whatIsAlikeRunsEverywhere(String sql) {
        assertThat(plan(sql, "a", "b", "c")).isEqualTo("every abc");
    }

    /// What is about tables that all shards hold runs on all of them.
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        CREATE TABLE orders (user_id bigint, id int)
        CREATE TABLE IF NOT EXISTS planned (id bigint)
        CREATE UNLOGGED TABLE public.planned (id bigint)
        CREATE TABLE rates (a int)
        CREATE TABLE planned (id bigint REFERENCES countries (code), FOREIGN KEY (a) REFERENCES countries)
        CREATE TABLE items (LIKE orders INCLUDING ALL)
        CREATE TABLE p PARTITION OF orders FOR VALUES FROM (1) TO (2)
        CREATE TABLE child (a int) INHERITS (orders, public.items)
        ALTER TABLE orders ADD COLUMN note text
        ALTER TABLE IF EXISTS ONLY orders ALTER note TYPE varchar(5), DROP COLUMN IF EXISTS x
        ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 0) NO INHERIT
        ALTER TABLE orders ATTACH PARTITION items FOR VALUES FROM (1) TO (2)
        ALTER TABLE items ADD FOREIGN KEY (user_id) REFERENCES orders
        ALTER TABLE orders RENAME COLUMN note TO notice
        ALTER TABLE orders RENAME CONSTRAINT a TO b
        ALTER TABLE audit.log OWNER TO bob
        DROP TABLE orders, items, countries CASCADE
        DROP TABLE IF EXISTS planned
        CREATE INDEX ON orders (id)
        CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON ONLY public.orders USING btree (id) WHERE id > 0
        ALTER INDEX orders_pkey RENAME TO o
        DROP INDEX CONCURRENTLY orders_pkey
        DROP INDEX IF EXISTS nothing
        REINDEX INDEX CONCURRENTLY orders_pkey
        REINDEX TABLE orders
        CREATE TRIGGER t AFTER INSERT OR UPDATE OF a, b ON orders FOR EACH ROW EXECUTE FUNCTION f()
        CREATE OR REPLACE TRIGGER t BEFORE DELETE ON orders EXECUTE FUNCTION f()
        CREATE CONSTRAINT TRIGGER t AFTER INSERT ON orders FROM countries EXECUTE FUNCTION f()
        DROP TRIGGER IF EXISTS t ON orders
        ALTER TRIGGER t ON orders RENAME TO u
        CREATE POLICY p ON orders USING (true)
        ALTER POLICY p ON orders TO bob
        DROP POLICY p ON orders
        CREATE STATISTICS s (ndistinct) ON a, b FROM orders
        CREATE PUBLICATION p FOR TABLE orders (id) WHERE (id > 5), ONLY countries, TABLES IN SCHEMA public
        ALTER PUBLICATION p ADD TABLE orders
        GRANT SELECT, UPDATE (note) ON orders, countries TO bob
        GRANT SELECT ON orders TO bob
        GRANT ALL PRIVILEGES ON TABLE orders, countries TO bob
        REVOKE GRANT OPTION FOR SELECT ON orders FROM bob
        GRANT USAGE ON SEQUENCE orders_id_seq TO bob
        ALTER SEQUENCE orders_id_seq OWNED BY orders.id
        CREATE SEQUENCE s OWNED BY public.orders.id
        COMMENT ON TABLE orders IS 'x'
        COMMENT ON COLUMN public.orders.id IS 'x'
        COMMENT ON CONSTRAINT c ON orders IS 'x'
        COMMENT ON TRIGGER t ON orders IS 'x'
        COMMENT ON INDEX orders_pkey IS 'x'
        COMMENT ON VIEW open_orders IS 'x'
        SECURITY LABEL ON COLUMN orders.id IS 'x'
        DROP VIEW open_orders, codes
        DROP VIEW deeper
        DROP VIEW IF EXISTS nothing
        ALTER VIEW open_orders SET (security_barrier)
        TRUNCATE orders, ONLY items * RESTART IDENTITY CASCADE
        TRUNCATE TABLE countries
        VACUUM (FULL, ANALYZE) orders (id), countries
        ANALYZE orders (id, user_id)
        CLUSTER orders USING orders_pkey
        CLUSTER orders_pkey ON orders
        `TRUNCATE "orders"`
        """)
    void whatAllShardsHoldIsChangedEverywhere(String sql) {
        assertThat(plan(sql, "a", "b", "c")).isEqualTo("every abc");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        CREATE TABLE new (a int)                                        ~ a
        CREATE TABLE alice.orders (a int)                               ~ a
        CREATE TABLE new (a int REFERENCES countries, b int REFERENCES new) ~ a
        CREATE TABLE tenant.new (a int REFERENCES tenant.notes)         ~ b
        CREATE TABLE p PARTITION OF notes DEFAULT                       ~ a
        CREATE TEMP TABLE orders (a int)                                ~ a
        CREATE LOCAL TEMPORARY SEQUENCE s                               ~ a
        CREATE TABLE pg_temp.orders (a int)                             ~ a
        ALTER TABLE mine ADD a int                                      ~ a
        CREATE FOREIGN TABLE f (a int) SERVER s                         ~ a
        ALTER TABLE notes RENAME TO remarks                             ~ a
        ALTER TABLE notes SET SCHEMA audit                              ~ a
        ALTER TABLE notes ALTER user_id TYPE int                        ~ a
        ALTER TABLE tenant.notes ADD b int                              ~ b
        DROP TABLE notes, unknown                                       ~ a
        DROP TABLE tenant.notes                                         ~ b
        CREATE INDEX ON notes (id)                                      ~ a
        DROP INDEX notes_pkey                                           ~ a
        DROP INDEX IF EXISTS notes_pkey, nothing                        ~ a
        DROP VIEW own_notes                                             ~ a
        DROP VIEW IF EXISTS own_notes, unknown                          ~ a
        CREATE TRIGGER t BEFORE INSERT ON notes EXECUTE FUNCTION f()    ~ a
        CREATE RULE r AS ON INSERT TO notes DO INSTEAD NOTHING          ~ a
        DROP RULE r ON notes                                            ~ a
        GRANT SELECT ON notes TO bob                                    ~ a
        GRANT USAGE ON SEQUENCE notes_id_seq TO bob                     ~ a
        DROP SEQUENCE notes_id_seq                                      ~ a
        CREATE SEQUENCE s OWNED BY notes.id                             ~ a
        CREATE SEQUENCE tenant.s                                        ~ b
        ALTER SEQUENCE numbers OWNED BY notes.id                        ~ a
        ALTER SEQUENCE s OWNED BY unknown.id                            ~ a
        COMMENT ON COLUMN notes.text IS 'x'                             ~ a
        TRUNCATE notes                                                  ~ a
        VACUUM notes                                                    ~ a
        REFRESH MATERIALIZED VIEW CONCURRENTLY sums                     ~ a
        DROP MATERIALIZED VIEW sums                                     ~ a
        LOCK TABLE ONLY notes, unknown * IN SHARE MODE NOWAIT           ~ a
        LOCK notes                                                      ~ a
        COPY notes FROM STDIN                                           ~ a
        COPY notes (id, text) TO STDOUT (FORMAT csv)                    ~ a
        COPY BINARY notes TO '/tmp/x'                                   ~ a
        COPY tenant.notes FROM STDIN                                    ~ b
        COPY pg_class TO STDOUT                                         ~ a
        COPY countries TO STDOUT                                        ~ any
        COPY codes TO STDOUT                                            ~ any
        DO $$ BEGIN END $$                                              ~ a
        CALL p(1)                                                       ~ a
        IMPORT FOREIGN SCHEMA s FROM SERVER t INTO public               ~ a
        ALTER LARGE OBJECT 5 OWNER TO bob                               ~ a
        COMMENT ON LARGE OBJECT 5 IS 'x'                                ~ a
        FROBNICATE orders                                               ~ a
        CREATE TABEL orders (a int)                                     ~ a
        DROP                                                            ~ a
        """)
    void whatOneShardHoldsIsChangedThere(String sql, String shard) {
        assertThat(plan(sql, "a", "b", "c")).isEqualTo(shard);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        CREATE DATABASE d                        ~ CREATE DATABASE is not supported by a database of several shards
        DROP DATABASE d                          ~ DROP DATABASE is not supported by a database of several shards
        ALTER DATABASE d SET x = 1               ~ ALTER DATABASE is not supported by a database of several shards
        ALTER SYSTEM SET x = 1                   ~ ALTER SYSTEM is not supported by a database of several shards
        CREATE TABLESPACE t LOCATION 'x'         ~ CREATE TABLESPACE is not supported by a database of several shards
        CREATE SUBSCRIPTION s CONNECTION 'x'     ~ CREATE SUBSCRIPTION is not supported by a database of several shards
        ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b ~ ALTER TABLE is not supported by a database of several shards
        COMMENT ON DATABASE d IS 'x'             ~ COMMENT ON DATABASE is not supported by a database of several shards
        GRANT CONNECT ON DATABASE d TO bob       ~ GRANT is not supported by a database of several shards
        REINDEX DATABASE d                       ~ REINDEX is not supported by a database of several shards
        DROP TABLE notes, orders                 ~ DROP TABLE is about relations that are not on the same shards
        DROP TABLE notes, tenant.notes           ~ DROP TABLE is about relations that are not on the same shards
        TRUNCATE countries, notes                ~ TRUNCATE is about relations that are not on the same shards
        VACUUM orders, notes                     ~ VACUUM is about relations that are not on the same shards
        GRANT SELECT ON orders, notes TO bob     ~ GRANT is about relations that are not on the same shards
        CREATE TABLE orders PARTITION OF notes DEFAULT ~ CREATE TABLE is about relations that are not on the same shards
        CREATE SEQUENCE notes_id_seq OWNED BY orders.id ~ CREATE SEQUENCE is about relations that are not on the same shards
        DROP VIEW codes, own_notes               ~ DROP VIEW is about relations that are not on the same shards
        DROP VIEW unknown                        ~ cannot tell where DROP VIEW has to run: view public.unknown is not known
        DROP INDEX unknown                       ~ cannot tell where DROP INDEX has to run: index public.unknown is not known
        DROP STATISTICS s                        ~ cannot tell what DROP STATISTICS is about here
        CREATE SCHEMA s CREATE TABLE t (a int)   ~ cannot tell what CREATE SCHEMA is about here
        DROP TABLE IF EXISTS orders WHATEVER     ~ cannot tell what DROP TABLE is about here
        CREATE INDEX i orders (id)               ~ cannot tell what CREATE INDEX is about here
        ALTER SCHEMA public RENAME TO old        ~ schema public cannot be renamed: table public.countries is declared by the name of its schema
        ALTER TABLE orders RENAME TO old         ~ public.orders cannot be renamed to public.old: where a table is depends on its name
        ALTER TABLE notes RENAME TO planned      ~ public.notes cannot be renamed to public.planned: where a table is depends on its name
        ALTER TABLE notes SET SCHEMA tenant      ~ public.notes cannot be renamed to tenant.notes: where a table is depends on its name
        ALTER TABLE orders DROP COLUMN IF EXISTS user_id ~ column user_id cannot be changed: the rows are sharded by it
        ALTER TABLE orders ADD a int, ALTER COLUMN user_id SET DATA TYPE text ~ column user_id cannot be changed: the rows are sharded by it
        ALTER TABLE orders RENAME user_id TO u   ~ column user_id cannot be changed: the rows are sharded by it
        CREATE TABLE new (a int REFERENCES orders) ~ CREATE TABLE refers to orders, whose rows are not where those that refer to it are
        CREATE TABLE orders (a int REFERENCES notes) ~ CREATE TABLE refers to notes, whose rows are not where those that refer to it are
        CREATE TABLE orders (a int REFERENCES audit.log) ~ CREATE TABLE refers to audit.log, whose rows are not where those that refer to it are
        CREATE TABLE countries (a int REFERENCES orders) ~ CREATE TABLE refers to orders, whose rows are not where those that refer to it are
        ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES tenant.notes (id) ~ ALTER TABLE refers to tenant.notes, whose rows are not where those that refer to it are
        CREATE RULE r AS ON UPDATE TO orders DO INSTEAD NOTHING ~ CREATE RULE is not supported for a table that several shards hold
        LOCK TABLE orders                        ~ LOCK is not supported yet for a table that several shards hold
        LOCK countries                           ~ LOCK is not supported yet for a table that several shards hold
        COPY orders FROM STDIN                   ~ COPY FROM is not supported yet for a table that several shards hold
        COPY planned (id) FROM STDIN             ~ COPY FROM is not supported yet for a table that several shards hold
        COPY countries FROM STDIN                ~ COPY FROM is not supported yet for a table that several shards hold
        COPY orders TO STDOUT                    ~ COPY TO is not supported yet for a table whose rows are on several shards
        """)
    void whatCannotBeDoneRightIsRefused(String sql, String message) {
        assertThat(plan(sql, "a", "b", "c")).isEqualTo("0A000 " + message);
    }

    /// Sharded or not, it is all in one place.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE DATABASE d",
                "DROP TABLE notes, orders",
                "COPY orders FROM STDIN",
                "DROP INDEX unknown",
                "ALTER TABLE orders RENAME TO old",
                "CREATE TYPE t AS ENUM ()",
                "DROP STATISTICS s"
            })
    void oneShardTakesEverything(String sql) {
        assertThat(plan(sql, "b")).isEqualTo("b");
    }
}
