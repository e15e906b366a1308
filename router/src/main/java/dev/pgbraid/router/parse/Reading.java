package dev.pgbraid.router.parse;

import dev.pgbraid.router.tree.Statement;

/// What came of reading a statement: all of it, or nothing.
public sealed interface Reading {

    /// The whole statement is understood.
    record Read(Statement statement) implements Reading {}

    /// Some of it is not understood.
    ///
    /// @param reason for people, to follow "cannot be read: "
    record Unreadable(String reason) implements Reading {}
}
