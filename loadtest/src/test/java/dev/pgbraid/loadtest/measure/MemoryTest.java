package dev.pgbraid.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final long HUNDRED_MB = 100_000_000;

    @Test
    void readsRssAndPssInBytes() {
        assertThat(Memory.parse(List.of(
                        "55d0-7ffc ---p 00000000 00:00 0    [rollup]",
                        "Rss:               13228 kB",
                        "Pss:                7007 kB",
                        "Pss_Anon:           1000 kB")))
                .isEqualTo(new Memory(13228 * 1024, 7007 * 1024));
    }

    @Test
    void aMissingLineIsAnError() {
        assertThatThrownBy(() -> Memory.parse(List.of("Rss: 1 kB"))).hasMessageContaining("Pss:");
    }

    @Test
    void thePeakFallsToWhatIsThereWhenItIsReset() throws IOException {
        long own = ProcessHandle.current().pid();

        try (Arena arena = Arena.ofConfined()) {
            arena.allocate(HUNDRED_MB).fill((byte) 1);
        }
        long before = Memory.peak(own);

        Memory.resetPeak(own);

        assertThat(Memory.peak(own)).isLessThan(before - HUNDRED_MB / 2);
    }
}
