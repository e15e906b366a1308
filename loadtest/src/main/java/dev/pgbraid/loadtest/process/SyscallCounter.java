package dev.pgbraid.loadtest.process;

import dev.pgbraid.loadtest.BenchmarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts the system calls of a process, by `perf`, while some command runs.
///
/// Counting slows down every system call of the machine, so nothing else is measured meanwhile.
public record SyscallCounter(Path perf) {
    private static final String EVENT = "raw_syscalls:sys_enter";

    /// Empty when there is no `perf`, or when this user may not count system calls.
    public static Optional<SyscallCounter> detect(String searchPath) throws InterruptedException {
        Optional<Path> perf = Program.find("perf", searchPath);
        if (perf.isEmpty()) {
            return Optional.empty();
        }
        try {
            parse(Command.run(List.of(perf.get().toString(), "stat", "-x", ",", "-e", EVENT, "--", "true")));
            return perf.map(SyscallCounter::new);
        } catch (BenchmarkException refused) {
            return Optional.empty();
        }
    }

    /// How many calls were made, and what the command printed.
    public record Count(long calls, String output) {}

    public Count count(long pid, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path counts = Files.createTempFile("pgbraid-bench-", ".perf");
        try {
            List<String> counted = new ArrayList<>(List.of(perf.toString(), "stat", "-x", ",", "-e", EVENT));
            counted.addAll(List.of("-o", counts.toString(), "-p", Long.toString(pid), "--"));
            counted.addAll(command);
            String output = Command.run(counted, environment);
            return new Count(parse(Files.readString(counts)), output);
        } finally {
            Files.delete(counts);
        }
    }

    static long parse(String perfOutput) {
        return perfOutput
                .lines()
                .filter(line -> line.contains(EVENT))
                .map(line -> line.substring(0, line.indexOf(',')))
                .filter(count -> !count.isEmpty() && count.chars().allMatch(Character::isDigit))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new BenchmarkException("perf has not counted " + EVENT + ":\n" + perfOutput));
    }
}
