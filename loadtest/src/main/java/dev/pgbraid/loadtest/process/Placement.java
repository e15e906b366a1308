package dev.pgbraid.loadtest.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which CPUs the processes of a measurement run on.
///
/// Waking a thread on another CPU costs more than the work of a whole statement, and the scheduler changes
/// its mind about it from run to run. On one CPU for all, figures repeat within two percent.
public record Placement(Optional<Path> taskset, String allCpus) {

    public static Placement detect(String searchPath) throws IOException {
        String allowed = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("0");
        return new Placement(Program.find("taskset", searchPath), allowed);
    }

    public boolean canPin() {
        return taskset.isPresent();
    }

    /// The CPU that everything shares: the last one, since interrupts mostly go to the first.
    public String oneCpu() {
        int start = Math.max(allCpus.lastIndexOf(','), allCpus.lastIndexOf('-'));
        return allCpus.substring(start + 1);
    }

    /// Moves running processes with all their threads and children.
    public void move(Stream<ProcessHandle> processes, String cpus) throws InterruptedException {
        if (taskset.isEmpty()) {
            return;
        }
        List<ProcessHandle> all = processes
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .toList();
        for (ProcessHandle process : all) {
            Command.run(List.of(taskset.get().toString(), "-a", "-c", "-p", cpus, Long.toString(process.pid())));
        }
    }

    /// The words that start a program on `cpus`.
    public List<String> prefix(String cpus) {
        return taskset.map(program -> List.of(program.toString(), "-c", cpus)).orElse(List.of());
    }
}
