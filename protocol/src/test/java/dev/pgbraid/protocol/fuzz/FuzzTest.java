package dev.pgbraid.protocol.fuzz;

import static dev.pgbraid.protocol.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.testing.Gen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The targets themselves work; finding something with them takes longer than a test may.
class FuzzTest {

    @Test
    void everyTargetTakesItsSeedsAndAnyBytes() {
        Gen<Target> targets = Gen.of(Targets.all());
        forAll(
                targets.flatMap(target -> target.seeds()
                        .map(seed -> (Runnable) () -> target.check().accept(seed))),
                Runnable::run);
        forAll(
                targets.flatMap(target -> Gen.bytes(50)
                        .map(input -> (Runnable) () -> target.check().accept(input))),
                Runnable::run);
    }

    @Test
    void seedsAreWrittenForTheTargetThatIsNamed(@TempDir Path directory) throws Exception {
        Seeds.main(new String[] {"frontend.Bind", directory.toString()});
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .hasSize(20)
                    .allMatch(file -> file.getFileName().toString().startsWith("seed-frontend.Bind"));
        }
    }

    @Test
    void theFirstByteChoosesAmongAll() {
        Fuzz.fuzzerInitialize(new String[] {"all"});
        for (int first = 0; first < 256; first++) {
            Fuzz.fuzzerTestOneInput(new byte[] {(byte) first, 0, 0, 0, 0, 0, 0, 0, 0});
        }
    }

    @Test
    void aTargetThatDoesNotExistIsNotIgnored() {
        assertThatThrownBy(() -> Fuzz.targets("frontend.Bnd"))
                .hasMessageStartingWith("no target is named frontend.Bnd; there are [startup.CancelRequest, ");
    }
}
