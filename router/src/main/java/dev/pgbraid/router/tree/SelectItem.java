package dev.pgbraid.router.tree;

import java.util.Optional;

/// A column of a result: an expression, or a star that stands for several.
public record SelectItem(Span span, Expression expression, Optional<String> alias) implements Node.Clause {}
