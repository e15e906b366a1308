package dev.pgbraid.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuTimesTest {
    @TempDir
    private Path process;

    @Test
    void readsNameAndTimeOfEveryThread() throws IOException {
        writeTask(7, "loop-1-1", "1500 20 3");
        writeTask(8, "C2 CompilerThre", "400 0 1");

        assertThat(CpuTimes.read(process).tasks())
                .isEqualTo(
                        Map.of(7L, new CpuTimes.Task("loop-1-1", 1500), 8L, new CpuTimes.Task("C2 CompilerThre", 400)));
    }

    @Test
    void skipsAThreadThatEndsWhileItIsRead() throws IOException {
        writeTask(7, "loop-1-1", "1500 20 3");
        Files.createDirectories(process.resolve("task/9"));

        assertThat(CpuTimes.read(process).tasks()).containsOnlyKeys(7L);
    }

    @Test
    void countsWhatNewThreadsUsedFromTheirBeginning() {
        CpuTimes before = new CpuTimes(Map.of(7L, new CpuTimes.Task("loop-1-1", 1000)));
        CpuTimes after =
                new CpuTimes(Map.of(7L, new CpuTimes.Task("loop-1-1", 1500), 8L, new CpuTimes.Task("loop-1-2", 30)));

        assertThat(after.nanosSince(before)).isEqualTo(530);
    }

    @Test
    void tellsCompilersFromTheRest() {
        CpuTimes before = new CpuTimes(Map.of());
        CpuTimes after = new CpuTimes(Map.of(
                1L, new CpuTimes.Task("C1 CompilerThre", 1),
                2L, new CpuTimes.Task("C2 CompilerThre", 10),
                3L, new CpuTimes.Task("VM Thread", 100),
                4L, new CpuTimes.Task("G1 Main Marker", 1000),
                5L, new CpuTimes.Task("loop-1-1", 10_000),
                6L, new CpuTimes.Task("java", 100_000)));

        assertThat(after.compilerNanosSince(before)).isEqualTo(11);
    }

    private void writeTask(long id, String name, String schedstat) throws IOException {
        Path task = Files.createDirectories(process.resolve("task/" + id));
        Files.writeString(task.resolve("comm"), name + "\n");
        Files.writeString(task.resolve("schedstat"), schedstat + "\n");
    }
}
