package dev.pgbraid.router.binding;

/// A column as a name finds it.
public record NamedColumn(String name, Operand operand) {
    /// Stands for columns whose number and names are not known; no name finds it.
    static final NamedColumn UNKNOWN = new NamedColumn("", Operand.OPAQUE);
}
