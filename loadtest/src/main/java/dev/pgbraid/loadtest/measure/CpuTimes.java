package dev.pgbraid.loadtest.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The CPU time that every thread of a process has used, in nanoseconds, at one moment.
///
/// `/proc/PID/stat` would count in ticks of 10 ms, and `/proc/PID/schedstat` only the first thread, so the
/// schedstat of every task is read. A thread that ends between two readings is not counted: the threads
/// that carry traffic live as long as their process.
public record CpuTimes(Map<Long, Task> tasks) {
    private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler");

    /// One thread: its name and its CPU time so far.
    public record Task(String name, long nanos) {
        /// Whether the thread is one of a JVM that compiles, which stops once the program is warm.
        boolean isCompiler() {
            return COMPILERS.stream().anyMatch(name::startsWith);
        }
    }

    public CpuTimes {
        tasks = Map.copyOf(tasks);
    }

    public static CpuTimes of(long pid) throws IOException {
        return read(Path.of("/proc", Long.toString(pid)));
    }

    static CpuTimes read(Path process) throws IOException {
        Map<Long, Task> tasks = new HashMap<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path directory : directories) {
                readTask(directory, tasks);
            }
        }
        return new CpuTimes(tasks);
    }

    private static void readTask(Path directory, Map<Long, Task> tasks) throws IOException {
        try {
            String name = Files.readString(directory.resolve("comm")).strip();
            long nanos = Long.parseLong(
                    Files.readString(directory.resolve("schedstat")).split(" ", 2)[0]);
            tasks.put(Long.valueOf(directory.getFileName().toString()), new Task(name, nanos));
        } catch (NoSuchFileException ended) {
            // The thread has ended since the directory was listed.
        }
    }

    /// What all threads have used since `before`.
    public long nanosSince(CpuTimes before) {
        return nanosSince(before, task -> true);
    }

    /// What the compilers of a JVM have used since `before`.
    public long compilerNanosSince(CpuTimes before) {
        return nanosSince(before, Task::isCompiler);
    }

    private long nanosSince(CpuTimes before, Predicate<Task> counted) {
        long nanos = 0;
        for (Map.Entry<Long, Task> entry : tasks.entrySet()) {
            if (counted.test(entry.getValue())) {
                Task earlier = before.tasks.get(entry.getKey());
                nanos += entry.getValue().nanos() - (earlier == null ? 0 : earlier.nanos());
            }
        }
        return nanos;
    }
}
