package dev.pgbraid.router.utility;

import java.util.List;

/// What a statement that is no query is about.
///
/// Token numbers are those of the [dev.pgbraid.router.lexer.Tokens] from which the statement was read.
public sealed interface Utility {

    /// About things that every shard has alike: schemas, types, functions, roles.
    record Alike() implements Utility {}

    /// About a server, its databases, or what replicates it.
    ///
    /// @param command for people
    record OfServer(String command) implements Utility {}

    /// Code that can do anything, or things that only the home shard has.
    record AtHome() implements Utility {}

    /// About relations.
    ///
    /// @param command for people
    /// @param ifExists whether it is no error when they are not there
    /// @param columns of the relations that are dropped, renamed or get another type
    record OfRelations(
            String command, Treatment treatment, boolean ifExists, List<Mention> mentions, List<String> columns)
            implements Utility {
        public OfRelations {
            mentions = List.copyOf(mentions);
            columns = List.copyOf(columns);
        }

        OfRelations(String command, Treatment treatment, List<Mention> mentions) {
            this(command, treatment, false, mentions, List.of());
        }
    }

    /// What becomes of a statement about relations that every shard has.
    enum Treatment {
        /// It runs on every shard.
        EVERYWHERE,
        /// It is about a sequence that is on every shard unless it belongs to a table that is not.
        SEQUENCE,
        /// It puts rows into a table.
        ROWS_IN,
        /// It gets rows out of a table, and of copies one has them all.
        ROWS_OUT,
        LOCK,
        RULE
    }

    /// Makes a relation of what a query gives.
    ///
    /// @param command for people
    /// @param queryToken where the query begins
    /// @param queryEnd the token after its last one
    record Derived(Kind kind, String command, List<String> name, int queryToken, int queryEnd) implements Utility {
        public Derived {
            name = List.copyOf(name);
        }

        /// What is made.
        public enum Kind {
            VIEW,
            /// A table that holds the rows that the query gives now, or a materialized view.
            TABLE
        }
    }

    /// Gives a schema another name.
    record SchemaRenamed(String from, String to) implements Utility {}

    /// Runs or shows a query in its own way.
    ///
    /// @param command for people
    /// @param onServer whether a file or a program of the server gets the rows
    record OfQuery(String command, int queryToken, int queryEnd, boolean onServer) implements Utility {}

    /// A statement that PostgreSQL's grammar does not know either: a shard says so.
    record Ungrammatical() implements Utility {}

    /// Something in it is not understood.
    record Unreadable(String command) implements Utility {}
}
