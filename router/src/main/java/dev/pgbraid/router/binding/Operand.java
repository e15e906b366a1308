package dev.pgbraid.router.binding;

/// What an expression is, as far as that matters.
public sealed interface Operand {
    /// Anything else.
    Opaque OPAQUE = new Opaque(true);

    /// Anything else that is no text.
    Opaque NO_TEXT = new Opaque(false);

    record Of(Variable variable) implements Operand {}

    record Constant(Term term) implements Operand {}

    /// What nothing can be concluded from.
    ///
    /// @param mayBeText whether its type may be one of texts
    record Opaque(boolean mayBeText) implements Operand {}
}
