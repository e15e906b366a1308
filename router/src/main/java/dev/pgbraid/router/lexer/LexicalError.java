package dev.pgbraid.router.lexer;

/// The first place in a text where PostgreSQL's scanner gives up. It refuses the whole text for it.
///
/// @param offset of the byte where the token begins
/// @param message as PostgreSQL words it
public record LexicalError(LexicalProblem problem, int offset, String message) {}
