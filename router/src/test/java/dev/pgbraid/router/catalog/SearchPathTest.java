package dev.pgbraid.router.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchPathTest {
    private static final Catalog CATALOG = Catalog.builder()
            .schema("public")
            .schema("ann")
            .schema("A b")
            .schema("q\"q")
            .build();

    @Test
    void theCatalogAndTemporaryTablesComeFirstUnlessTheyAreListed() {
        assertThat(path("public")).containsExactly("pg_temp", "pg_catalog", "public");
        assertThat(path("public, pg_catalog")).containsExactly("pg_temp", "public", "pg_catalog");
        assertThat(path("public, pg_temp")).containsExactly("pg_catalog", "public", "pg_temp");
        assertThat(path("")).containsExactly("pg_temp", "pg_catalog");
    }

    @Test
    void schemasThatAreNotThereAreLeftOut() {
        assertThat(path("nowhere, public, public")).containsExactly("pg_temp", "pg_catalog", "public");
    }

    @Test
    void namesAreFoldedUnlessTheyStandInQuotes() {
        assertThat(path("PUBLIC")).containsExactly("pg_temp", "pg_catalog", "public");
        assertThat(path("\"PUBLIC\"")).containsExactly("pg_temp", "pg_catalog");
        assertThat(path("\"A b\", \"q\"\"q\"")).containsExactly("pg_temp", "pg_catalog", "A b", "q\"q");
        assertThat(path("\"$user\",public")).containsExactly("pg_temp", "pg_catalog", "ann", "public");
    }

    @Test
    void usersCanComeBeforeTheCatalog() {
        assertThat(SearchPath.of("public", "ann", CATALOG).beginsWithCatalog()).isTrue();
        assertThat(SearchPath.of("public, pg_catalog", "ann", CATALOG).beginsWithCatalog())
                .isFalse();
    }

    @Test
    void aNameInAStringHasParts() {
        assertThat(SearchPath.parts("Orders")).containsExactly("orders");
        assertThat(SearchPath.parts("public.\"A.b\"")).containsExactly("public", "A.b");
    }

    private static Iterable<String> path(String setting) {
        return SearchPath.of(setting, "ann", CATALOG).schemas();
    }
}
