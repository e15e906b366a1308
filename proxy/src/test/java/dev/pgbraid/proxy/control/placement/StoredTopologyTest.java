package dev.pgbraid.proxy.control.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.proxy.control.Databases;
import dev.pgbraid.proxy.testing.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredTopologyTest {
    private static final String TABLES = """
        schemas: {tenant: {shard: b}}
        tables:
          users: {key: [id], buckets: 8}
          orders: {kind: colocated, key: [user_id], colocated-with: users}
          countries: {kind: reference}
          logs: {key: [id], strategy: modulo}
          nodes: {key: [id], strategy: ring, virtual-nodes: 3}
          events: {key: [day], strategy: range, ranges: {old: {to: 2026, shard: a}, new: {from: 2026, shard: b}}}
          clinics: {key: [c], strategy: list, lists: {e: {values: [pl, "d\\"e"], shard: a}}, default-shard: b}
        """;

    private static DatabaseConfig database(String more) {
        Endpoint nowhere = new Endpoint("h", 1, "u", "p", "d");
        return Databases.of(List.of(nowhere, nowhere), more);
    }

    private static StoredTopology stored(String tables) {
        return Declarations.additions(database(tables), StoredTopology.NOTHING, "first")
                .orElseThrow();
    }

    @Test
    void whatIsWrittenIsRead() throws StoreFailure {
        StoredTopology topology = stored(TABLES);

        assertThat(StoredTopology.of(topology.toText())).isEqualTo(topology);
        assertThat(topology.epoch()).isEqualTo(1);
        assertThat(topology.has(new StoredTopology.Change(1, "first"))).isTrue();
        assertThat(topology.toText()).contains("\"placement\": [{\"shard\": \"a\", \"buckets\": 4}, ");
        assertThat(Declarations.database(database(""), topology).tables())
                .extracting(table -> table.qualifiedName())
                .contains("public.users", "public.clinics");
    }

    @Test
    void bucketsAreSpreadEvenlyAtFirst() {
        StoredTopology topology = stored(TABLES);

        assertThat(placement(topology, "users")).isEqualTo(halves(4));
        assertThat(placement(topology, "logs")).containsExactly("a", "b");
        assertThat(placement(topology, "nodes")).isEqualTo(halves(3));
        assertThat(placement(topology, "orders")).isEmpty();
        assertThat(placement(topology, "events")).isEmpty();
    }

    @Test
    void whatIsStoredAlreadyIsNotAddedAgain() {
        StoredTopology topology = stored(TABLES);

        assertThat(Declarations.additions(database(TABLES), topology, "again")).isEmpty();
        assertThat(Declarations.contradictions(database(TABLES), topology)).isEmpty();
        assertThat(Declarations.contradictions(database(""), topology)).isEmpty();
        assertThat(Declarations.additions(database("tables: {more: {kind: reference}}"), topology, "more")
                        .orElseThrow()
                        .tables())
                .hasSize(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "users: {key: [id]}|public.users: buckets is 4096 in the file, but stored is 8",
                "users: {key: [uid], buckets: 8}|public.users: key is [uid] in the file, but stored is [id]",
                "users: {kind: reference}|public.users: kind is REFERENCE in the file, but stored is SHARDED",
                "logs: {key: [id]}|public.logs: strategy is HASH in the file, but stored is MODULO",
                "nodes: {key: [id], strategy: ring}|public.nodes: virtual-nodes is 150 in the file, but stored is 3",
            })
    void aFileThatSaysSomethingElseIsRefused(String table, String problem) {
        assertThat(Declarations.contradictions(database("tables:\n  " + table), stored(TABLES)))
                .contains(problem);
    }

    @Test
    void aShardThatIsGoneIsMissed() {
        Endpoint nowhere = new Endpoint("h", 1, "u", "p", "d");

        assertThat(Declarations.contradictions(Databases.of(List.of(nowhere), ""), stored(TABLES)))
                .contains(
                        "public.users: has rows on shard b, which the file does not have",
                        "public.events: has rows on shard b, which the file does not have",
                        "schema tenant: is stored on shard b, which the file does not have",
                        "public.logs: its keys are spread over the shards [a, b] in this order, but the file has [a]");
    }

    @Test
    void aShardMoreIsNoMatterToBuckets() {
        Endpoint nowhere = new Endpoint("h", 1, "u", "p", "d");

        assertThat(Declarations.contradictions(Databases.of(List.of(nowhere, nowhere, nowhere), ""), stored(TABLES)))
                .containsExactly(
                        "public.logs: its keys are spread over the shards [a, b] in this order, but the file has"
                                + " [a, b, c]",
                        "public.nodes: its keys are spread over the shards [a, b] in this order, but the file has"
                                + " [a, b, c]");
    }

    @Test
    void onlyTheLastChangesAreRemembered() {
        StoredTopology topology = StoredTopology.NOTHING;
        for (int i = 0; i < 200; i++) {
            topology = topology.next("change " + i, List.of(), List.of());
        }

        assertThat(topology.changes()).hasSize(100).last().isEqualTo(new StoredTopology.Change(200, "change 199"));
    }

    @Test
    void theCopyInAFileIsReplaced(@TempDir Path directory) throws StoreFailure, IOException {
        TopologyFile file = new TopologyFile(directory, "../shop");
        StoredTopology first = stored(TABLES);

        assertThat(file.read()).isEmpty();
        file.write(first);
        file.write(first.next("less", List.of(), List.of()));

        assertThat(file.read()).contains(first.next("less", List.of(), List.of()));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|the text ends in the middle of a value",
                "[1] x|no JSON at character 5: x",
                "{}|epoch is missing",
                "{\"epoch\": \"1\"}|not a number",
            })
    void aBrokenCopyIsRefused(String text, String problem) {
        assertThatThrownBy(() -> StoredTopology.of(text))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(problem);
    }

    private static List<String> placement(StoredTopology topology, String table) {
        return topology.table("public." + table).orElseThrow().placement();
    }

    private static List<String> halves(int size) {
        return Stream.concat(Collections.nCopies(size, "a").stream(), Collections.nCopies(size, "b").stream())
                .toList();
    }
}
