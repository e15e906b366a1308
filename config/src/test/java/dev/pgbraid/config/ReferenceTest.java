package dev.pgbraid.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Kind;
import dev.pgbraid.config.key.NamedBlocks;
import dev.pgbraid.config.key.Scalar;
import dev.pgbraid.config.key.ScalarList;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final Path FILE = Path.of("REFERENCE.md");

    @Test
    void theReferenceIsUpToDate() throws IOException {
        String reference = Reference.render(RecordDocs.read());
        if (System.getProperty("reference", "check").equals("write")) {
            Files.writeString(FILE, reference);
        }

        assertThat(Files.readString(FILE))
                .as("config/REFERENCE.md is written by: mvn -pl config test -Dtest=ReferenceTest -Dreference=write")
                .isEqualTo(reference);
    }

    @Test
    void everyComponentOfARecordIsADocumentedKeyOrTheName() throws IOException {
        RecordDocs docs = RecordDocs.read();

        assertThat(blocks(ProxyConfig.BLOCK)).hasSize(24).allSatisfy(block -> {
            Stream<String> keys = block.keys().stream().map(Key::component);
            List<String> components = Stream.of(block.record().getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();

            assertThat(docs.components(block.record()).keySet()).containsExactlyElementsOf(components);
            assertThat(components).filteredOn(name -> !name.equals("name")).containsExactlyElementsOf(keys.toList());
        });
    }

    private static Stream<Block<?>> blocks(Kind<?> kind) {
        return switch (kind) {
            case Scalar<?> _, ScalarList<?, ?> _ -> Stream.of();
            case NamedBlocks<?, ?> named -> blocks(named.block());
            case Block<?> block ->
                Stream.concat(Stream.of(block), block.keys().stream().flatMap(key -> blocks(key.kind())));
        };
    }
}
