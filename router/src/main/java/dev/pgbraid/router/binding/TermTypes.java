package dev.pgbraid.router.binding;

import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.lexer.TokenKind;
import java.util.Optional;

/// The types that terms have by themselves.
final class TermTypes {
    private TermTypes() {}

    /// The type that PostgreSQL gives a term, if it is one of a key and does not depend on where the term stands.
    static Optional<KeyType> of(Term term) {
        return switch (term) {
            case Term.Cast(Term _, KeyType type) -> Optional.of(type);
            case Term.Bool _ -> Optional.of(KeyType.BOOLEAN);
            case Term.Numeral(int _, boolean _, KeyType type) -> Optional.of(type);
            case Term.Arithmetic _ -> Optional.of(KeyType.INTEGER);
            case Term.Fixed(String text, boolean isNumber) ->
                isNumber && text.matches("[0-9]+")
                        ? Optional.of(Terms.numeralType(TokenKind.INTEGER, text))
                        : Optional.empty();
            case Term.Text _, Term.Null _, Term.Parameter _, Term.Elements _, Term.Array _ -> Optional.empty();
        };
    }
}
