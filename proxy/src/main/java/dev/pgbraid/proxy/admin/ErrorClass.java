package dev.pgbraid.proxy.admin;

import dev.pgbraid.proxy.metrics.ErrorTally;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The classes of SQLSTATEs: their first two characters.
final class ErrorClass {
    /// Those of PostgreSQL, "PostgreSQL Error Codes". A shard can be made to raise any other.
    private static final Set<String> KNOWN = Set.of(
            "01", "02", "03", "08", "09", "0A", "0B", "0F", "0L", "0P", "0Z", "10", "20", "21", "22", "23", "24", "25",
            "26", "27", "28", "2B", "2D", "2F", "34", "38", "39", "3B", "3D", "3F", "40", "42", "44", "53", "54", "55",
            "57", "58", "72", "F0", "HV", "P0", "XX");

    private static final int LENGTH = 2;

    private ErrorClass() {}

    /// How many errors there were of each class.
    static SortedMap<String, Long> count(ErrorTally errors) {
        SortedMap<String, Long> counts = new TreeMap<>();
        errors.forEach((code, entry) -> counts.merge(of(code), entry.count(), Long::sum));
        return counts;
    }

    private static String of(String code) {
        String start = code.substring(0, Math.min(LENGTH, code.length()));
        return KNOWN.contains(start) ? start : ErrorTally.OTHER;
    }
}
