package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.Variable;
import dev.pgbraid.router.topology.ColocationGroup;
import java.util.List;

/// How rows that every shard computes from what it has relate to those that one PostgreSQL would compute.
sealed interface Placement {

    /// Every shard has all of them.
    ///
    /// @param exact whether two shards, asked at the same time, cannot differ in which rows they choose or in which
    ///     order they take them
    record Replicated(boolean exact) implements Placement {}

    /// For each row around them, the shard of that row has all of them.
    record Local() implements Placement {}

    /// Each shard has some of them, and none of them is on two shards.
    ///
    /// @param locators columns that tell on which shard a row is
    record Split(List<Locator> locators, Coverage coverage) implements Placement {
        public Split {
            locators = List.copyOf(locators);
        }
    }

    /// They cannot be put together from what the shards have, as far as is known.
    ///
    /// @param reason the construct that is in the way, with its verb: "LIMIT counts rows of several shards"
    record Unknown(String reason) implements Placement {}

    /// The key of a row.
    record Locator(ColocationGroup group, List<Variable> key) {
        public Locator {
            key = List.copyOf(key);
        }

        /// Whether rows with the same key are on the same shard by both.
        boolean equals(Locator that, Facts facts) {
            boolean isEqual = group.equals(that.group) && key.size() == that.key.size();
            for (int i = 0; i < key.size() && isEqual; i++) {
                isEqual = facts.areEqual(key.get(i), that.key.get(i));
            }
            return isEqual;
        }
    }
}
