package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.Predicate;
import dev.pgbraid.router.binding.Term;
import dev.pgbraid.router.key.KeyType;
import java.util.List;

/// What is known of the values of one key column. All of it is true at once.
///
/// @param type the type of the column
record Restriction(KeyType type, List<Choice> choices, List<Bound> bounds) {
    Restriction {
        choices = List.copyOf(choices);
        bounds = List.copyOf(bounds);
    }

    /// Whether nothing is known, so that the value can even be NULL.
    boolean isAny() {
        return choices.isEmpty() && bounds.isEmpty();
    }

    /// The value is one of some.
    ///
    /// @param type the type that they are compared in
    record Choice(KeyType type, List<Term> terms) {
        Choice {
            terms = List.copyOf(terms);
        }
    }

    /// The value lies on one side of another.
    record Bound(Predicate.Side side, Term term) {}
}
