package dev.pgbraid.proxy.control.table;

import java.util.List;

/// What became of a change.
public sealed interface TableOutcome {

    /// It is done.
    ///
    /// @param epoch the epoch from which on it holds
    /// @param rows how many rows have gone to another shard
    /// @param notices what its user should know, each a sentence
    record Done(long epoch, long rows, List<String> notices) implements TableOutcome {
        public Done {
            notices = List.copyOf(notices);
        }
    }

    /// Everything is as it was.
    record Refused(String sqlState, String message, String hint) implements TableOutcome {}

    /// Nobody can tell at this moment; it is settled when the shards can be reached, and then seen in the placement.
    record Unknown(String message) implements TableOutcome {}
}
