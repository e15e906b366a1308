package dev.pgbraid.router.binding;

/// What an expression is, as far as that matters.
public sealed interface Operand {
    /// Anything else.
    Opaque OPAQUE = new Opaque();

    record Of(Variable variable) implements Operand {}

    record Constant(Term term) implements Operand {}

    record Opaque() implements Operand {}
}
