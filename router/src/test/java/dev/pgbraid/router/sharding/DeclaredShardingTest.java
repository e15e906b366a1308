package dev.pgbraid.router.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult;
import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.router.key.Decimal;
import dev.pgbraid.router.key.KeyCollation;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.Octets;
import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.key.Whole;
import dev.pgbraid.router.sharding.DeclaredSharding.Result;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DeclaredShardingTest {
    private static final ShardId A = new ShardId(0, "a");
    private static final ShardId B = new ShardId(1, "b");
    private static final List<ShardId> SHARDS = List.of(A, B);

    @Test
    void hashesAreSpreadEvenly() {
        Sharding hash = valid("{key: [k]}", KeyType.BIGINT);
        Sharding modulo = valid("{key: [k], strategy: modulo}", KeyType.BIGINT);

        assertThat(hash.function()).isEqualTo(new HashFunction(4096));
        assertThat(hash.placement().bucketsOf(A).size()).isEqualTo(2048);
        // PostgreSQL's remainder of 2.
        assertThat(modulo.shardOf(key(new Whole(3)))).contains(B);
        assertThat(modulo.shardOf(key(new Whole(42)))).contains(A);
    }

    @Test
    void aRingHasItsVirtualNodesOnTheirShards() {
        Sharding ring = valid("{key: [k], strategy: ring, virtual-nodes: 3}", KeyType.UUID);

        assertThat(ring.placement().shards()).containsExactly(A, A, A, B, B, B);
    }

    @Test
    void rangesAreOrderedAndReadByTheTypeOfTheColumn() {
        Sharding ranges = valid("""
            {key: [k], strategy: range, ranges: {high: {from: 1e3, shard: a}, low: {to: 9.50, shard: b}}}
            """, KeyType.NUMERIC);

        assertThat(ranges.shardOf(key(decimal("9.49")))).contains(B);
        assertThat(ranges.shardOf(key(decimal("9.5")))).isEmpty();
        assertThat(ranges.shardOf(key(decimal("1000.0")))).contains(A);
        assertThat(ranges.shardOf(key(Decimal.NAN))).contains(A);
        assertThat(ranges.shardsOf(KeyRange.lessThan(decimal("1000")))).containsExactly(B);
    }

    @Test
    void listsAndTheirDefaultAreBuckets() {
        Sharding lists = valid("""
            {key: [k], strategy: list, lists: {one: {values: [pl, de], shard: b}}, default-shard: a}
            """, KeyType.TEXT);

        assertThat(lists.shardOf(key(Octets.utf8("de")))).contains(B);
        assertThat(lists.shardOf(key(Octets.utf8("fr")))).contains(A);
        assertThat(lists.shardOf(key(KeyValue.Null.NULL))).contains(A);
    }

    @Test
    void aDirectoryIsAskedForTheShard() {
        Sharding directory = valid("{key: [k], strategy: directory, new-keys: refuse}", KeyType.BIGINT);

        assertThat(directory.shardOf(key(new Whole(1)))).contains(B);
        assertThat(directory.shardOf(key(new Whole(2)))).isEmpty();
    }

    @Test
    void aSchemaIsAKeyToo() {
        Sharding schemas = DeclaredSharding.ofSchemas(
                database("    schemas: {tenant_1: {shard: b}, tenant_2: {shard: a}}\n")
                        .schemas(),
                SHARDS);

        assertThat(schemas.shardOf(key(Octets.utf8("tenant_1")))).contains(B);
        assertThat(schemas.shardOf(key(Octets.utf8("public")))).isEmpty();
    }

    @Test
    void whatTheTypesOfTheColumnsForbidIsTold() {
        assertThat(problems("""
            {key: [k], strategy: range, ranges: {a: {from: x, shard: a}, b: {from: 5, to: 5, shard: a}}}
            """, KeyType.INTEGER, KeyCollation.BYTES))
                .containsExactly(
                        "t.ranges.a.from has no value of key column k (integer):"
                                + " invalid input syntax for type integer: \"x\"",
                        "t.ranges.b is empty, for to must be greater than from");
        assertThat(problems("""
            {key: [k], strategy: range, ranges: {a: {to: 6, shard: a}, b: {from: 5, to: 9, shard: b}}}
            """, KeyType.INTEGER, KeyCollation.BYTES)).containsExactly("t.ranges.b overlaps with a");
        assertThat(problems("""
            {key: [k], strategy: list, lists: {a: {values: [1, 2], shard: a}, b: {values: ["01", today], shard: b}}}
            """, KeyType.NUMERIC, KeyCollation.BYTES))
                .containsExactly(
                        "t.lists.b.values has 01, which is in a already",
                        "t.lists.b.values has no value of key column k (numeric):"
                                + " invalid input syntax for type numeric: \"today\"");
        assertThat(problems(
                        "{key: [k], strategy: list, lists: {a: {values: [today], shard: a}}}",
                        KeyType.DATE,
                        KeyCollation.BYTES))
                .containsExactly("t.lists.a.values has today, which is not in the form that means the same in every"
                        + " session, 2026-11-21");
    }

    @Test
    void whatCollationsForbidIsTold() {
        String range = "{key: [k], strategy: range, ranges: {a: {from: x, shard: a}}}";

        assertThat(problems(range, KeyType.TEXT, KeyCollation.DETERMINISTIC))
                .containsExactly("t: ranges of key column k need it to have collation C, POSIX or C.UTF-8");
        assertThat(problems("{key: [k]}", KeyType.TEXT, KeyCollation.NONDETERMINISTIC))
                .containsExactly("t: key column k has a nondeterministic collation, under which different texts can be"
                        + " one key");
    }

    @Test
    void theColumnsAreThoseOfTheKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> result("{key: [other]}", KeyType.TEXT, KeyCollation.BYTES));
    }

    @Test
    void colocatedKeysHaveOneHash() {
        List<KeyColumn> leader = List.of(column(KeyType.BIGINT, KeyCollation.BYTES));

        assertThat(DeclaredSharding.colocationProblem(leader, List.of(column(KeyType.INTEGER, KeyCollation.BYTES))))
                .isEmpty();
        assertThat(DeclaredSharding.colocationProblem(leader, List.of(column(KeyType.NUMERIC, KeyCollation.BYTES))))
                .contains("key column k (numeric) cannot stand for k (bigint)");
    }

    private static Sharding valid(String table, KeyType type) {
        return switch (result(table, type, KeyCollation.BYTES)) {
            case Result.Valid(Sharding sharding) -> sharding;
            case Result.Refused(List<String> problems) -> throw new AssertionError(problems);
        };
    }

    private static List<String> problems(String table, KeyType type, KeyCollation collation) {
        return switch (result(table, type, collation)) {
            case Result.Valid _ -> List.of();
            case Result.Refused(List<String> problems) -> problems;
        };
    }

    private static Result result(String table, KeyType type, KeyCollation collation) {
        return DeclaredSharding.of(
                database("    tables:\n      t: " + table + "\n").tables().getFirst(),
                List.of(column(type, collation)),
                SHARDS,
                key -> key.equals(key(new Whole(1))) ? OptionalInt.of(1) : OptionalInt.empty());
    }

    private static DatabaseConfig database(String text) {
        ConfigResult result = ConfigReader.read("file", """
            auth: {users: {shop: {password: secret}}}
            databases:
              shop:
                shards: {a: {host: h}, b: {host: h}}
                control: {user: control, password: secret}
            """ + text, Path.of(""), _ -> null);
        return switch (result) {
            case ConfigResult.Valid valid -> valid.config().databases().getFirst();
            case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.report());
        };
    }

    private static KeyColumn column(KeyType type, KeyCollation collation) {
        return new KeyColumn("k", type, -1, collation);
    }

    private static ShardKey key(KeyValue value) {
        return ShardKey.of(value);
    }

    private static Decimal decimal(String number) {
        return new Decimal(new BigDecimal(number));
    }
}
