package dev.pgbraid.router.binding;

import java.util.Set;

/// The strings and parameters of a statement that PostgreSQL may read as a time, so that [TimeWords] in them matter.
///
/// @param literals their tokens
/// @param parameters their numbers
public record TimeTexts(Set<Integer> literals, Set<Integer> parameters) {
    public TimeTexts {
        literals = Set.copyOf(literals);
        parameters = Set.copyOf(parameters);
    }

    public boolean isNone() {
        return literals.isEmpty() && parameters.isEmpty();
    }
}
