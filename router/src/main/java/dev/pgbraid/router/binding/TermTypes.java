package dev.pgbraid.router.binding;

import dev.pgbraid.router.key.KeyType;
import java.util.Optional;

/// The types that terms have by themselves.
final class TermTypes {
    private TermTypes() {}

    /// The type that PostgreSQL gives a term, if it is one of a key and does not depend on where the term stands.
    static Optional<KeyType> of(Term term) {
        return switch (term) {
            case Term.Cast(Term _, KeyType type) -> Optional.of(type);
            case Term.Bool _ -> Optional.of(KeyType.BOOLEAN);
            // A number may be an integer of any width or a numeric: equality between them is not that of one type.
            case Term.Numeral _, Term.Arithmetic _ -> Optional.of(KeyType.BIGINT);
            case Term.Fixed(String text, boolean isNumber) ->
                isNumber && text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                        ? Optional.of(KeyType.BIGINT)
                        : Optional.empty();
            case Term.Text _, Term.Null _, Term.Parameter _, Term.Elements _, Term.Array _ -> Optional.empty();
        };
    }
}
