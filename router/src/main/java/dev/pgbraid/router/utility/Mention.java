package dev.pgbraid.router.utility;

import java.util.List;

/// A relation that a statement names.
///
/// @param role what it is to the statement
/// @param name with its schema if that is written
public record Mention(Role role, List<String> name) {
    public Mention {
        name = List.copyOf(name);
    }

    /// What a relation is to a statement.
    public enum Role {
        /// It gets this name.
        MADE,
        /// It gets this name in place of its own.
        RENAMED,
        /// The statement is about it.
        TARGET,
        /// The statement is about it, and it is a view.
        VIEW,
        /// It has to be there wherever the others are.
        USED,
        /// The statement is about a sequence that belongs to it.
        OWNER,
        /// An index, which is where its table is.
        INDEX
    }
}
