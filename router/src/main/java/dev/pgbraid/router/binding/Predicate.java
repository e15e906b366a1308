package dev.pgbraid.router.binding;

import java.util.List;

/// A condition that holds for every row that contributes to a result. None of them holds for NULL.
public sealed interface Predicate {

    /// Two columns are equal, by PostgreSQL's own `=`.
    record Same(Variable left, Variable right) implements Predicate {}

    /// A column equals one of some values.
    ///
    /// @param terms arrays stand for all of their elements
    record OneOf(Variable variable, List<Term> terms) implements Predicate {
        public OneOf {
            terms = List.copyOf(terms);
        }
    }

    /// A column lies on one side of a value.
    record Bounded(Variable variable, Side side, Term term) implements Predicate {}

    /// Where values lie from a bound.
    enum Side {
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST;

        /// The side when the operands change places.
        Side mirrored() {
            return switch (this) {
                case LESS -> GREATER;
                case AT_MOST -> AT_LEAST;
                case GREATER -> LESS;
                case AT_LEAST -> AT_MOST;
            };
        }
    }
}
