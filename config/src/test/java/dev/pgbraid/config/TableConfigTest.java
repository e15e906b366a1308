package dev.pgbraid.config;

import static dev.pgbraid.config.ConfigFixture.problems;
import static dev.pgbraid.config.ConfigFixture.read;
import static dev.pgbraid.config.ConfigFixture.valid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgbraid.config.TableConfig.Kind;
import dev.pgbraid.config.TableConfig.NewKeys;
import dev.pgbraid.config.TableConfig.Strategy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableConfigTest {
    private static final String HEAD = """
        auth: {users: {shop: {password: secret}}}
        databases:
          shop:
            shards: {a: {host: h}, b: {host: h}}
        """;

    @Test
    void aTableIsShardedByTheHashOfItsKeyUnlessItSaysOtherwise() {
        assertThat(database("    tables: {users: {key: [id]}}\n").tables())
                .containsExactly(new TableConfig(
                        "users",
                        Kind.SHARDED,
                        List.of("id"),
                        Optional.empty(),
                        Strategy.HASH,
                        4096,
                        150,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        NewKeys.HASH));
    }

    @Test
    void everyKindOfTableCanBeDeclared() {
        List<TableConfig> tables = database("""
                tables:
                  users: {key: [region, id], buckets: 64}
                  shop.orders: {kind: colocated, colocated-with: public.users, key: [user_region, user_id]}
                  countries: {kind: reference}
                  settings: {kind: home}
            """).tables();

        assertThat(tables)
                .extracting(TableConfig::kind, TableConfig::qualifiedName)
                .containsExactly(
                        tuple(Kind.SHARDED, "public.users"),
                        tuple(Kind.COLOCATED, "shop.orders"),
                        tuple(Kind.REFERENCE, "public.countries"),
                        tuple(Kind.HOME, "public.settings"));
        assertThat(tables.get(0)).returns(64, TableConfig::buckets).returns(List.of("region", "id"), TableConfig::key);
        assertThat(tables.get(1))
                .returns("shop", TableConfig::schema)
                .returns(Optional.of("public.users"), TableConfig::colocatedWith);
    }

    @Test
    void everyStrategyHasItsOptions() {
        List<TableConfig> tables = database("""
                tables:
                  logs: {key: [id], strategy: modulo}
                  sessions: {key: [id], strategy: ring, virtual-nodes: 10}
                  tenants: {key: [id], strategy: directory, new-keys: least-loaded}
                  events:
                    key: [day]
                    strategy: range
                    ranges:
                      old: {to: 2026-01-01, shard: a}
                      new: {from: 2026-01-01, shard: b}
                  clinics:
                    key: [country]
                    strategy: list
                    lists: {europe: {values: [pl, de], shard: a}}
                    default-shard: b
            """).tables();

        assertThat(tables)
                .extracting(TableConfig::strategy)
                .containsExactly(Strategy.MODULO, Strategy.RING, Strategy.DIRECTORY, Strategy.RANGE, Strategy.LIST);
        assertThat(tables.get(1).virtualNodes()).isEqualTo(10);
        assertThat(tables.get(2).newKeys()).isEqualTo(NewKeys.LEAST_LOADED);
        assertThat(tables.get(3).ranges())
                .containsExactly(
                        new RangeConfig("old", Optional.empty(), Optional.of("2026-01-01"), "a"),
                        new RangeConfig("new", Optional.of("2026-01-01"), Optional.empty(), "b"));
        assertThat(tables.get(4).lists()).containsExactly(new ListConfig("europe", List.of("pl", "de"), "a"));
        assertThat(tables.get(4).defaultShard()).contains("b");
    }

    @Test
    void aSchemaIsOnOneShard() {
        assertThat(database("    schemas: {tenant_1: {shard: a}, tenant_2: {shard: b}}\n")
                        .schemas())
                .containsExactly(new SchemaConfig("tenant_1", "a"), new SchemaConfig("tenant_2", "b"));
    }

    @Test
    void everyMistakeInATableIsTold() {
        assertThat(problems(read(HEAD + """
                tables:
                  a: {}
                  b: {kind: reference, key: [id], strategy: hash, buckets: 2}
                  c: {kind: colocated, key: [id]}
                  d: {key: [id], colocated-with: a}
                  e: {key: [x, y], strategy: range}
                  f: {key: [x], strategy: list, ranges: {r: {shard: a}}, lists: {l: {values: [], shard: b}}}
                  g: {key: [id], buckets: 100, default-shard: a}
                  h: {key: [id, id], strategy: ring, buckets: 64, new-keys: hash}
                  i: {key: id}
                  j: {key: [id, ~, [x]]}
                  k: {key: [id, id], default-shard: a}
                  l: {kind: home, key: [id]}
                  m: {key: [x], strategy: list, ranges: {r: {shard: a}}}
            """)))
                .containsExactly(
                        "file:6:10 databases.shop.tables.a.key: is needed for sharded and colocated tables",
                        "file:7:49 databases.shop.tables.b.strategy: is only for sharded tables",
                        "file:7:64 databases.shop.tables.b.buckets: is only for strategy hash",
                        "file:8:10 databases.shop.tables.c.colocated-with: is needed for colocated tables",
                        "file:9:38 databases.shop.tables.d.colocated-with: is only for colocated tables",
                        "file:10:10 databases.shop.tables.e.ranges: is needed for strategy range",
                        "file:10:16 databases.shop.tables.e.key: must be one column for strategies range and list",
                        "file:11:82 databases.shop.tables.f.lists.l.values: must hold at least one value",
                        "file:12:31 databases.shop.tables.g.buckets: must be a power of two, is \"100\"",
                        "file:13:51 databases.shop.tables.h.buckets: is only for strategy hash",
                        "file:13:65 databases.shop.tables.h.new-keys: is only for strategy directory",
                        "file:14:16 databases.shop.tables.i.key: must be a list such as [a, b], is a single value",
                        "file:15:21 databases.shop.tables.j.key: has no value",
                        "file:15:24 databases.shop.tables.j.key: must be a single value, is a list",
                        "file:16:16 databases.shop.tables.k.key: must not name id twice",
                        "file:16:41 databases.shop.tables.k.default-shard: is only for strategies range and list",
                        "file:17:28 databases.shop.tables.l.key: is only for sharded and colocated tables",
                        "file:18:10 databases.shop.tables.m.lists: is needed for strategy list",
                        "file:18:45 databases.shop.tables.m.ranges: is only for strategy range");
    }

    @Test
    void everyReferenceToAShardOrATableIsChecked() {
        assertThat(problems(read(HEAD + """
                schemas: {t: {shard: c}}
                tables:
                  users: {key: [id]}
                  public.users: {key: [id]}
                  copies: {kind: reference}
                  orders: {kind: colocated, colocated-with: user, key: [id]}
                  items: {kind: colocated, colocated-with: copies, key: [id]}
                  notes: {kind: colocated, colocated-with: public.users, key: [id, part]}
                  t.x: {kind: home}
                  events: {key: [id], strategy: range, ranges: {low: {to: 5, shard: d}}, default-shard: e}
                  clinics: {key: [id], strategy: list, lists: {one: {values: [1], shard: f}}}
            """)))
                .containsExactly(
                        "file:5:26 databases.shop.schemas.t.shard: names no shard, is c",
                        "file:8:21 databases.shop.tables.public.users: is public.users again",
                        "file:10:49 databases.shop.tables.orders.colocated-with: names no sharded table, is user",
                        "file:11:48 databases.shop.tables.items.colocated-with: names no sharded table, is copies",
                        "file:12:67 databases.shop.tables.notes.key: must have as many columns as that of public.users",
                        "file:13:12 databases.shop.tables.t.x: is in schema t, which schemas puts on one shard",
                        "file:14:73 databases.shop.tables.events.ranges.low.shard: names no shard, is d",
                        "file:14:93 databases.shop.tables.events.default-shard: names no shard, is e",
                        "file:15:78 databases.shop.tables.clinics.lists.one.shard: names no shard, is f");
    }

    @Test
    void aRecordThatIsMadeByAProgramKeepsTheRules() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListConfig("l", List.of("a", "a", ""), "no shard"))
                .withMessage("values must not be empty; values must not name a twice; shard must be letters, digits,"
                        + " - and _ only, and begin with a letter or digit, is no shard");
    }

    private static DatabaseConfig database(String text) {
        return valid(read(HEAD + "    control: {user: control, password: secret}\n" + text))
                .databases()
                .getFirst();
    }
}
