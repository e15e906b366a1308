package dev.pgbraid.proxy.control.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// What became of a change.
public sealed interface TableOutcome {

    /// It is done.
    ///
    /// @param epoch the epoch from which on it holds
    /// @param arrived how many rows each shard has got from others
    /// @param notices what its user should know, each a sentence
    record Done(TableChange change, long epoch, SequencedMap<String, Long> arrived, List<String> notices)
            implements TableOutcome {
        public Done {
            arrived = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arrived));
            notices = List.copyOf(notices);
        }

        /// Says in one line what was done.
        public String words() {
            String rows = arrived.entrySet().stream()
                    .map(shard -> shard.getValue() + " to " + shard.getKey())
                    .collect(Collectors.joining(", "));
            return change.result() + " from epoch " + epoch + " on"
                    + (rows.isEmpty() ? "" : "; rows that have gone to other shards: " + rows);
        }
    }

    /// Everything is as it was.
    record Refused(String sqlState, String message, String hint) implements TableOutcome {}

    /// Nobody can tell at this moment; it is settled when the shards can be reached, and then seen in the placement.
    record Unknown(String message) implements TableOutcome {}
}
