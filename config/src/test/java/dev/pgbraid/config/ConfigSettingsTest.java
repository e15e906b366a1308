package dev.pgbraid.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Kind;
import dev.pgbraid.config.key.NamedBlocks;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigSettingsTest {
    private static final String FIRST = """
        listen: {port: 5000}
        auth:
          users:
            shop: {password: secret, shard-user: a}
        pools: {size-max: 20}
        databases:
          shop:
            shards:
              a: {host: one}
              b: {host: two}
        """;

    @Test
    void aFileChangesNothingOfItself() {
        assertThat(changes(FIRST, FIRST)).isEmpty();
        assertThat(changes(FIRST, FIRST + "timeouts: {drain: 30s}\n"))
                .as("a default that is written out")
                .isEmpty();
    }

    @Test
    void everyChangeIsToldByItsKey() {
        String second =
                FIRST.replace("size-max: 20", "size-max: 30").replace("one", "three") + "limits: {clients-max: 7}\n";

        assertThat(changes(FIRST, second))
                .containsExactly(
                        "databases.shop.shards.a.host: one -> three",
                        "limits.clients-max: 10000 -> 7",
                        "pools.size-max: 20 -> 30");
    }

    @Test
    void namesThatComeOrGoAndTheirOrderAreTold() {
        assertThat(changes(FIRST, FIRST.replace("b: {host: two}", "c: {host: two}")))
                .containsExactly("databases.shop.shards: [a, b] -> [a, c]");
        assertThat(changes(
                        FIRST,
                        FIRST.replace("      b: {host: two}\n", "")
                                .replace("      a:", "      b: {host: two}\n      a:")))
                .containsExactly("databases.shop.shards: [a, b] -> [b, a]");
    }

    @Test
    void secretsAndWhatReferencesStandForAreNotShown() {
        assertThat(changes(FIRST, FIRST.replace("secret", "hunter2")))
                .containsExactly("auth.users.shop.password has changed");
        assertThat(changes(FIRST, FIRST.replace("shard-user: a", "shard-user: \"${env:WORD}\"")))
                .containsExactly("auth.users.shop.shard-user: a -> \"${env:WORD}\"");
    }

    @Test
    void whatTakesARestartStaysAChangeUntilThen() {
        ConfigSettings first = settings(FIRST);
        ConfigSettings second = settings(FIRST.replace("5000", "6000").replace("20", "30"));

        assertThat(first.changesTo(second))
                .extracting(ConfigChange::key, ConfigChange::reloads)
                .containsExactly(tuple("listen.port", false), tuple("pools.size-max", true));
        assertThat(first.reloaded(second).changesTo(second))
                .containsExactly(new ConfigChange("listen.port", "5000", "6000", false));
    }

    @Test
    void whatTakesARestartIsDocumentedSo() throws IOException {
        check(RecordDocs.read(), ProxyConfig.BLOCK, true);
    }

    private static void check(RecordDocs docs, Block<?> block, boolean reloadsAbove) {
        for (Key<?> key : block.keys()) {
            boolean reloads = reloadsAbove && key.reloads();
            boolean documented = !docs.components(block.record())
                    .getOrDefault(key.component(), "")
                    .endsWith("Reload: no.");
            if (!(key.kind() instanceof Block<?>)) {
                assertThat(documented).as("%s of %s", key, block.record()).isEqualTo(reloads);
            }
            below(key.kind(), docs, reloads);
        }
    }

    private static void below(Kind<?> kind, RecordDocs docs, boolean reloads) {
        switch (kind) {
            case Block<?> block -> check(docs, block, reloads);
            case NamedBlocks<?, ?> named -> check(docs, named.block(), reloads);
            default -> {}
        }
    }

    private static List<String> changes(String before, String after) {
        return settings(before).changesTo(settings(after)).stream()
                .map(ConfigChange::toString)
                .toList();
    }

    private static ConfigSettings settings(String text) {
        return switch (ConfigFixture.read(text)) {
            case ConfigResult.Valid valid -> valid.settings();
            case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.report());
        };
    }
}
