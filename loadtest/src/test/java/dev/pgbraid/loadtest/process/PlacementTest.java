package dev.pgbraid.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {

    @ParameterizedTest
    @CsvSource({"0,0", "0-1,1", "'0-3,8-11',11", "'2,5',5"})
    void theOneCpuIsTheLast(String all, String last) {
        assertThat(new Placement(Optional.empty(), all).oneCpu()).isEqualTo(last);
    }

    @Test
    void startsProgramsThroughTaskset() {
        Placement placement = new Placement(Optional.of(Path.of("/usr/bin/taskset")), "0-1");

        assertThat(placement.prefix("1")).containsExactly("/usr/bin/taskset", "-c", "1");
    }

    @Test
    void startsProgramsAsTheyAreWithoutTaskset() {
        assertThat(new Placement(Optional.empty(), "0-1").prefix("1")).isEmpty();
    }
}
