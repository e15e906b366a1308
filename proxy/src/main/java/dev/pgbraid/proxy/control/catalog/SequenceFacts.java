package dev.pgbraid.proxy.control.catalog;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// How a sequence on one shard goes from number to number.
///
/// @param start the number that it began with, or was last told to begin with
/// @param increment what is added each time
/// @param cycles whether it begins again at its end
public record SequenceFacts(long start, long increment, boolean cycles) {
    /// Whether no two of the sequences, one of each shard, ever give the same number.
    static boolean areDisjoint(Collection<SequenceFacts> sequences) {
        Set<Long> remainders = new HashSet<>();
        long increment = sequences.iterator().next().increment;
        for (SequenceFacts sequence : sequences) {
            if (sequence.cycles || sequence.increment != increment || increment == 0) {
                return false;
            }
            remainders.add(Math.floorMod(sequence.start, Math.abs(increment)));
        }
        return remainders.size() == sequences.size();
    }
}
