package dev.pgbraid.router.plan;

import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import java.util.Optional;

/// Where one statement runs and what becomes of its rows.
///
/// Plans are values: they can be compared, shown and kept.
public sealed interface Plan {

    /// All that it touches is on this shard.
    record OnShard(ShardId shard, Access access) implements Plan {}

    /// It says the same on every shard, for it reads nothing but what all of them have.
    record OnAnyShard() implements Plan {}

    /// It runs on each of the shards, two or more, and their rows one after another, in any order, are its result.
    record Scatter(ShardSet shards, Access access) implements Plan {
        public Scatter {
            if (shards.size() < 2) {
                throw new IllegalArgumentException("no scatter over " + shards);
            }
        }
    }

    /// It runs on one of the shards after another, and each of them answers alike: most statements that define
    /// something.
    record Everywhere(ShardSet shards) implements Plan {}

    /// It cannot be proven to run rightly.
    ///
    /// @param sqlState the code of the error
    /// @param message what is refused, in PostgreSQL's style
    /// @param detail why, if the message does not say it
    /// @param hint what to do
    record Refused(String sqlState, String message, Optional<String> detail, String hint) implements Plan {
        private static final String HELD = "55P03";

        /// The refusal to use a table whose rows are being moved.
        public static Refused held(ObjectName table) {
            return new Refused(
                    HELD,
                    "the rows of table " + table + " are being moved",
                    Optional.empty(),
                    "Repeat it, or the transaction, when that is done.");
        }

        /// Whether it can run when the rows of a table have been moved.
        public boolean isForNow() {
            return sqlState.equals(HELD);
        }
    }
}
