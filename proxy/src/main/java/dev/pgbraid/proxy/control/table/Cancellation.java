package dev.pgbraid.proxy.control.table;

import dev.pgbraid.proxy.control.shard.ShardTransaction;
import java.util.ArrayList;
import java.util.List;

/// A wish to stop a change. It is heard until the change is about to be decided, and changes nothing after that.
public final class Cancellation {
    private final List<ShardTransaction> working = new ArrayList<>();
    private boolean isWanted;
    private boolean isDeciding;

    /// Stops what the shards do for the change. Blocks until they have been told.
    public synchronized void cancel() {
        if (!isDeciding) {
            isWanted = true;
            working.forEach(ShardTransaction::cancel);
        }
    }

    /// Lets a transaction be stopped that is a part of the change.
    synchronized void watch(ShardTransaction transaction) throws Refusal {
        requireUnwanted();
        working.add(transaction);
    }

    /// From now on it is too late.
    synchronized void beginDeciding() throws Refusal {
        requireUnwanted();
        isDeciding = true;
    }

    /// Fails if the change is to stop.
    synchronized void requireUnwanted() throws Refusal {
        if (isWanted) {
            throw new Refusal(
                    "57014",
                    "canceling statement due to user request",
                    "The table is where it was, with all its rows.");
        }
    }
}
