package dev.pgbraid.loadtest.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The resident memory of a process, in bytes.
///
/// @param resident all its resident pages (Rss)
/// @param proportional the same with shared pages divided among their users (Pss)
public record Memory(long resident, long proportional) {

    public static Memory of(long pid) throws IOException {
        return parse(Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")));
    }

    static Memory parse(List<String> smapsRollup) {
        return new Memory(bytes(smapsRollup, "Rss:"), bytes(smapsRollup, "Pss:"));
    }

    /// The greatest resident size since the process started or [#resetPeak] was called.
    public static long peak(long pid) throws IOException {
        return bytes(Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")), "VmHWM:");
    }

    public static void resetPeak(long pid) throws IOException {
        Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
    }

    private static long bytes(List<String> lines, String label) {
        Pattern pattern = Pattern.compile(label + "\\s+(\\d+) kB");
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .mapToLong(line -> Long.parseLong(line.group(1)) * 1024)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no line " + label + " in " + lines));
    }
}
