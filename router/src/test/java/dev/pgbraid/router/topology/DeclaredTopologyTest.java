package dev.pgbraid.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult;
import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.sharding.Placement;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.Sharding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeclaredTopologyTest {
    private static final ShardId A = new ShardId(0, "a");
    private static final ShardId B = new ShardId(1, "b");
    private static final Column ID = Column.of("id", 20);

    @Test
    void relationsAreWhereTheyAreDeclaredToBe() {
        Topology topology =
                topology("""
                    schemas: {tenant: {shard: b}}
                    tables:
                      users: {key: [id]}
                      orders: {kind: colocated, key: [id], colocated-with: users}
                      countries: {kind: reference}
                      app.parts: {key: [id]}
                    """, table("users"), table("orders"), table("countries"), part("orders_1", "orders"));

        assertThat(topology.problems()).isEmpty();
        Location.Sharded users = (Location.Sharded) topology.location(name("users"));
        assertThat(((Location.Sharded) topology.location(name("orders"))).group())
                .isEqualTo(users.group());
        assertThat(topology.location(name("orders_1"))).isEqualTo(topology.location(name("orders")));
        assertThat(topology.location(name("countries"))).isEqualTo(new Location.Reference());
        assertThat(topology.location(name("audit"))).isEqualTo(new Location.OneShard(A));
        assertThat(topology.location(new ObjectName("tenant", "docs"))).isEqualTo(new Location.OneShard(B));
    }

    @Test
    void aTableCanBeDeclaredBeforeItExists() {
        Topology topology = topology("tables: {users: {key: [id]}}");

        assertThat(topology.problems()).isEmpty();
        assertThat(topology.isDeclared(name("users"))).isTrue();
        assertThat(topology.isDeclared(name("audit"))).isFalse();
    }

    @Test
    void aMistakeMakesATableUnusable() {
        assertThat(topology("tables: {users: {key: [k]}}", table("users")).problems())
                .containsExactly("public.users has no column k, which is declared as its key");
        assertThat(topology("tables: {users: {key: [id]}}", table("users", Column.of("id", 3802)))
                        .problems())
                .containsExactly("public.users has key column id, whose type cannot be that of a key");
        assertThat(topology("""
            tables:
              users: {key: [id]}
              orders: {kind: colocated, key: [id], colocated-with: users}
            """, table("users"), table("orders", Column.of("id", 25)))
                        .problems())
                .containsExactly("public.orders cannot be colocated with public.users: "
                        + "key column id (text) cannot stand for id (bigint)");
        assertThat(topology(
                                "tables: {users: {key: [id], strategy: range, ranges: {x: {to: z, shard: a}}}}",
                                table("users"))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("public.users cannot be sharded as declared: ");
    }

    @Test
    void aPartCannotBeDeclaredByItself() {
        Topology topology = topology("tables: {orders_1: {key: [id]}}", table("orders"), part("orders_1", "orders"));

        assertThat(topology.problem(name("orders"))).isPresent();
        assertThat(topology.problem(name("orders_1"))).isPresent();
    }

    @Test
    void aPlacementCanBeAnotherOne() {
        Topology topology = topology("tables: {users: {key: [id], strategy: modulo}}", table("users"));
        Location.Sharded users = (Location.Sharded) topology.location(name("users"));
        ColocationGroup moved = new ColocationGroup(
                users.group().leader(), new Sharding(users.group().sharding().function(), Placement.of(List.of(B, B))));

        Topology changed = topology.with(Map.of(name("users"), moved), Optional.empty());

        assertThat(((Location.Sharded) changed.location(name("users"))).group()).isEqualTo(moved);
    }

    private static Topology topology(String tables, Relation... relations) {
        ConfigResult result = ConfigReader.read("file", """
            auth: {users: {shop: {password: secret}}}
            databases:
              shop:
                shards: {a: {host: h}, b: {host: h}}
                control: {user: control, password: secret}
            """ + tables.indent(4), Path.of(""), _ -> null);
        DatabaseConfig database = switch (result) {
            case ConfigResult.Valid valid -> valid.config().databases().getFirst();
            case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.report());
        };
        Catalog.Builder catalog = Catalog.builder().schema("public");
        List.of(relations).forEach(catalog::relation);
        return DeclaredTopology.of(database, catalog.build(), _ -> _ -> OptionalInt.empty());
    }

    private static Relation table(String name) {
        return table(name, ID);
    }

    private static Relation table(String name, Column column) {
        return Relation.of(name(name), Relation.Kind.TABLE, List.of(column));
    }

    private static Relation part(String name, String parent) {
        return new Relation(
                name(name),
                Relation.Kind.TABLE,
                List.of(ID),
                List.of(name(parent)),
                List.of(),
                List.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static ObjectName name(String name) {
        return new ObjectName("public", name);
    }
}
