package dev.pgbraid.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ColumnDefault;
import dev.pgbraid.router.catalog.ForeignKey;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.UniqueIndex;
import dev.pgbraid.router.catalog.Volatility;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UncheckedConstraintsTest {
    private static final int INT8 = 20;
    private static final ObjectName NUMBERS = name("numbers");
    private static final List<Column> COLUMNS = List.of(
            Column.of("id", INT8)
                    .withDefault(new ColumnDefault(
                            ColumnDefault.Kind.IDENTITY_ALWAYS, "", Volatility.VOLATILE, List.of(NUMBERS))),
            Column.of("tenant", INT8),
            Column.of("other", INT8));

    @Test
    void aUniqueIndexNeedsTheKey() {
        assertThat(unchecked(table("tenants", unique("tenants_key", "tenant", "other"))))
                .isEmpty();
        assertThat(unchecked(table("tenants", unique("tenants_other", "other"))))
                .containsExactly("public.tenants has the unique index tenants_other without the key tenant: "
                        + "each shard checks its own rows alone");
        assertThat(unchecked(table("home", unique("home_other", "other")))).isEmpty();
        assertThat(unchecked(table("countries", unique("countries_other", "other"))))
                .isEmpty();
    }

    @Test
    void numbersThatNoTwoShardsTakeAreUnique() {
        assertThat(unchecked(table("tenants", unique("tenants_id", "id")))).isEmpty();
        assertThat(unchecked(table("tenants", unique("tenants_id", "id", "other"))))
                .hasSize(1);
    }

    @Test
    void whatAForeignKeyRefersToMustBeOnTheSameShard() {
        assertThat(references("users", "tenant", "tenants", "tenant")).isEmpty();
        assertThat(references("users", "other", "countries", "id")).isEmpty();
        assertThat(references("home", "other", "countries", "id")).isEmpty();
        assertThat(references("home", "other", "elsewhere", "id")).isEmpty();
        assertThat(references("users", "other", "tenants", "tenant"))
                .containsExactly("public.users has the foreign key reference to public.tenants, "
                        + "whose rows can be on other shards than those that refer to them");
        assertThat(references("users", "tenant", "tenants", "id")).hasSize(1);
        assertThat(references("users", "tenant", "events", "tenant")).hasSize(1);
        assertThat(references("users", "tenant", "home", "id")).hasSize(1);
        assertThat(references("home", "id", "users", "tenant")).hasSize(1);
        assertThat(references("countries", "id", "users", "tenant")).hasSize(1);
        assertThat(references("countries", "id", "home", "id")).hasSize(1);
    }

    private static List<String> references(String from, String column, String to, String targetColumn) {
        ForeignKey reference = new ForeignKey("reference", List.of(column), name(to), List.of(targetColumn));
        return unchecked(table(from, List.of(), List.of(reference)));
    }

    private static List<String> unchecked(Relation relation) {
        Catalog.Builder catalog = Catalog.builder().schema("public").disjointSequence(NUMBERS);
        List.of("tenants", "users", "events", "countries", "home", "elsewhere")
                .forEach(other -> catalog.relation(table(other, List.of(), List.of())));
        catalog.relation(relation);
        Catalog built = catalog.build();
        return UncheckedConstraints.of(built, topology(built));
    }

    private static Topology topology(Catalog catalog) {
        ConfigResult result = ConfigReader.read("file", """
            auth: {users: {shop: {password: secret}}}
            databases:
              shop:
                shards: {a: {host: h}, b: {host: h}}
                control: {user: control, password: secret}
                tables:
                  tenants: {key: [tenant]}
                  users: {kind: colocated, key: [tenant], colocated-with: tenants}
                  events: {key: [tenant]}
                  countries: {kind: reference}
            """, Path.of(""), _ -> null);
        return switch (result) {
            case ConfigResult.Valid valid ->
                DeclaredTopology.of(valid.config().databases().getFirst(), catalog, _ -> _ -> OptionalInt.empty());
            case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.report());
        };
    }

    private static UniqueIndex unique(String name, String... columns) {
        return new UniqueIndex(name, List.of(columns), false);
    }

    private static Relation table(String name, UniqueIndex index) {
        return table(name, List.of(index), List.of());
    }

    private static Relation table(String name, List<UniqueIndex> indexes, List<ForeignKey> foreignKeys) {
        return new Relation(
                name(name),
                Relation.Kind.TABLE,
                COLUMNS,
                List.of(),
                indexes,
                foreignKeys,
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static ObjectName name(String name) {
        return new ObjectName("public", name);
    }
}
