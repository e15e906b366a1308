package dev.pgbraid.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What the files to deploy with say. The templates of the chart are no YAML before they are filled in.
class DeployTest {
    private static final Path DEPLOY = Path.of("../deploy");
    private static final Path CHART = DEPLOY.resolve("helm/pgbraid");

    @Test
    void everyFileIsYaml() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(DEPLOY)) {
            files = all.filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .filter(file -> !file.startsWith(CHART.resolve("templates")))
                    .toList();
        }

        assertThat(files).hasSizeGreaterThan(5);
        for (Path file : Stream.concat(files.stream(), Stream.of(Path.of("../docker-compose.yml")))
                .toList()) {
            assertThat(documents(file)).as(file.toString()).isNotEmpty().doesNotContainNull();
        }
    }

    @Test
    void allRunWithTheSameConfiguration() throws IOException {
        String example = Files.readString(DEPLOY.resolve("pgbraid.yaml"));

        assertThat(documents(DEPLOY.resolve("kubernetes/sidecar.yaml")))
                .filteredOn("kind", "ConfigMap")
                .singleElement()
                .extracting("data")
                .isEqualTo(Map.of("pgbraid.yaml", example));
        assertThat(documents(CHART.resolve("values.yaml")))
                .singleElement()
                .extracting("config")
                .isEqualTo(example);
    }

    private static List<Object> documents(Path file) throws IOException {
        Load load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
        return StreamSupport.stream(
                        load.loadAllFromString(Files.readString(file)).spliterator(), false)
                .toList();
    }
}
