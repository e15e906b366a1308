package dev.pgbraid.proxy.metrics;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// How often there was which error. Errors are rare, so this may cost something.
public final class ErrorTally {
    /// A shard can be made to say anything; this many codes are told apart.
    private static final int CODES_MAX = 256;

    /// What stands for the codes beyond that.
    public static final String OTHER = "other";

    private final Map<String, Entry> entries = new TreeMap<>();

    /// How often there was an error.
    ///
    /// @param last when it came last
    public record Entry(long count, Instant last) {
        private Entry with(Entry other) {
            return new Entry(count + other.count, last.isAfter(other.last) ? last : other.last);
        }
    }

    public void add(String sqlState) {
        boolean isKnown = entries.containsKey(sqlState) || entries.size() < CODES_MAX;
        entries.merge(isKnown ? sqlState : OTHER, new Entry(1, Instant.now()), Entry::with);
    }

    public void addAll(ErrorTally other) {
        other.entries.forEach((code, entry) -> entries.merge(code, entry, Entry::with));
    }

    /// Gives the entries, by SQLSTATE.
    public void forEach(BiConsumer<String, Entry> action) {
        entries.forEach(action);
    }
}
