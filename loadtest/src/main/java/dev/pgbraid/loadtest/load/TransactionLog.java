package dev.pgbraid.loadtest.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// When every single transaction ended and how long it took, as pgbench writes it with `-l`.
public record TransactionLog(List<Entry> entries) {
    private static final long MICROS_PER_SECOND = 1_000_000;

    public TransactionLog {
        entries = List.copyOf(entries);
    }

    /// One transaction.
    ///
    /// @param client which of the clients ran it; a file of its own may number them anew
    /// @param endMicros when it ended, since 1970
    /// @param micros how long it took
    public record Entry(String client, long endMicros, long micros) {}

    /// Reads the files in `directory`, which hold nothing else.
    public static TransactionLog read(Path directory) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    entries.add(parse(file.getFileName().toString(), line));
                }
            }
        }
        return new TransactionLog(entries);
    }

    private static Entry parse(String file, String line) {
        String[] fields = line.split(" ", -1);
        long endMicros = Long.parseLong(fields[4]) * MICROS_PER_SECOND + Long.parseLong(fields[5]);
        return new Entry(file + ":" + fields[0], endMicros, Long.parseLong(fields[2]));
    }

    /// Writes what [#read(Path)] reads.
    public void write(Path file) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            int count = counts.merge(entry.client(), 1, Integer::sum);
            lines.add("%s %d %d 0 %d %06d"
                    .formatted(
                            entry.client(),
                            count,
                            entry.micros(),
                            entry.endMicros() / MICROS_PER_SECOND,
                            entry.endMicros() % MICROS_PER_SECOND));
        }
        Files.write(file, lines);
    }

    /// What is left without the transactions that ended within `seconds` of the first.
    public TransactionLog after(int seconds) {
        long first = entries.stream().mapToLong(Entry::endMicros).min().orElse(0);
        return new TransactionLog(entries.stream()
                .filter(entry -> entry.endMicros() > first + seconds * MICROS_PER_SECOND)
                .toList());
    }

    /// The milliseconds that `percent` of the transactions took at most.
    public double percentile(double percent) {
        long[] sorted = entries.stream().mapToLong(Entry::micros).sorted().toArray();
        int index = (int) Math.ceil(percent / 100 * sorted.length) - 1;
        return sorted[Math.clamp(index, 0, sorted.length - 1)] / 1e3;
    }

    /// How many transactions each client ran, in ascending order.
    public int[] perClient() {
        Map<String, Integer> counts = new TreeMap<>();
        entries.forEach(entry -> counts.merge(entry.client(), 1, Integer::sum));
        int[] sorted = counts.values().stream().mapToInt(Integer::intValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    public double transactionsPerSecond() {
        long first = entries.stream().mapToLong(Entry::endMicros).min().orElse(0);
        long last = entries.stream().mapToLong(Entry::endMicros).max().orElse(0);
        return entries.size() * (double) MICROS_PER_SECOND / (last - first);
    }
}
