package dev.pgbraid.router.session;

import dev.pgbraid.router.lexer.Tokens;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// What one statement does to the session that sends it.
///
/// Names of settings are in lower case, as PostgreSQL compares them; other names are as PostgreSQL stores them. Token
/// numbers are those of the [Tokens] from which the statement was read.
public sealed interface SessionStatement {

    /// Reads a statement of a text that the lexer did not refuse.
    static SessionStatement read(Tokens tokens, int statement) {
        return StatementReader.read(tokens, tokens.firstToken(statement), tokens.tokensEnd(statement));
    }

    /// What leaves nothing behind in the session when its transaction is over, apart from what functions do.
    sealed interface Passing extends SessionStatement {}

    /// How long a setting holds.
    enum Scope {
        SESSION,
        /// Until the transaction ends.
        LOCAL
    }

    /// Gives a setting a value: `SET`, `SET TIME ZONE`, `SET ROLE` and all their relatives, each by the name of the
    /// setting that it stands for.
    ///
    /// @param value as PostgreSQL stores it: a list is joined by commas, with quotes around names that need them
    record SetValue(Scope scope, String name, String value) implements SessionStatement {}

    /// `SET … TO DEFAULT`, which is not quite `RESET` as it can be local.
    record SetDefault(Scope scope, String name) implements SessionStatement {}

    /// `SET … FROM CURRENT`
    record SetFromCurrent(Scope scope, String name) implements SessionStatement {}

    /// `SET TIME ZONE INTERVAL …`; only PostgreSQL can tell what the interval amounts to.
    ///
    /// @param interval as it is written, from the word INTERVAL on
    record SetTimeZoneInterval(Scope scope, String interval) implements SessionStatement {}

    record SetTransaction(List<TransactionMode> modes) implements Passing {
        public SetTransaction {
            modes = List.copyOf(modes);
        }
    }

    record SetTransactionSnapshot(String snapshot) implements Passing {}

    record SetSessionCharacteristics(List<TransactionMode> modes) implements SessionStatement {
        public SetSessionCharacteristics {
            modes = List.copyOf(modes);
        }
    }

    /// `SET CONSTRAINTS`, which holds until the transaction ends.
    record SetConstraints() implements Passing {}

    record Reset(String name) implements SessionStatement {}

    record ResetAll() implements SessionStatement {}

    record Show(String name) implements Passing {}

    record ShowAll() implements Passing {}

    record Discard(Discarded what) implements SessionStatement {}

    /// What `DISCARD` can throw away.
    enum Discarded {
        ALL,
        PLANS,
        SEQUENCES,
        TEMPORARY
    }

    /// `BEGIN` or `START TRANSACTION`
    ///
    /// @param tag which of the two, as the server answers
    record Begin(String tag, List<TransactionMode> modes) implements Passing {
        public Begin {
            modes = List.copyOf(modes);
        }
    }

    /// `COMMIT` or `END`
    record Commit(boolean chain) implements Passing {}

    /// `ROLLBACK` or `ABORT`
    record Rollback(boolean chain) implements Passing {}

    record Savepoint(String name) implements Passing {}

    record ReleaseSavepoint(String name) implements Passing {}

    record RollbackToSavepoint(String name) implements Passing {}

    record PrepareTransaction(String id) implements Passing {}

    record CommitPrepared(String id) implements Passing {}

    record RollbackPrepared(String id) implements Passing {}

    /// `PREPARE name (types) AS …`
    ///
    /// @param types as they are written
    /// @param statementToken where the prepared statement begins
    record Prepare(String name, List<String> types, int statementToken) implements SessionStatement {
        public Prepare {
            types = List.copyOf(types);
        }
    }

    /// `EXECUTE name (arguments)`
    ///
    /// @param arguments as they are written
    record Execute(String name, List<String> arguments) implements SessionStatement {
        public Execute {
            arguments = List.copyOf(arguments);
        }
    }

    record Deallocate(String name) implements SessionStatement {}

    record DeallocateAll() implements SessionStatement {}

    /// `DECLARE … CURSOR`
    ///
    /// @param queryToken where the cursor's query begins
    record DeclareCursor(String name, boolean withHold, int queryToken) implements SessionStatement {}

    /// `FETCH` or `MOVE`
    record Fetch(String cursor, boolean moves) implements Passing {}

    record CloseCursor(String name) implements SessionStatement {}

    record CloseAllCursors() implements SessionStatement {}

    record Listen(String channel) implements SessionStatement {}

    record Unlisten(String channel) implements SessionStatement {}

    record UnlistenAll() implements SessionStatement {}

    record Notify(String channel, String payload) implements Passing {}

    record Load(String library) implements SessionStatement {}

    /// `LOCK TABLE`, which holds until the transaction ends.
    record Lock(List<List<String>> tables) implements Passing {
        public Lock {
            tables = List.copyOf(tables);
        }
    }

    /// Makes an object that only this session has.
    ///
    /// @param name its parts
    /// @param droppedAtCommit whether it is a table `ON COMMIT DROP`
    record CreateTemporary(TemporaryObject object, List<String> name, boolean droppedAtCommit)
            implements SessionStatement {
        public CreateTemporary {
            name = List.copyOf(name);
        }
    }

    /// What can be temporary.
    enum TemporaryObject {
        TABLE,
        VIEW,
        SEQUENCE,
        /// A function, a type or whatever else is made in the schema `pg_temp`.
        OTHER
    }

    record DropTable(List<List<String>> names) implements SessionStatement {
        public DropTable {
            names = List.copyOf(names);
        }
    }

    /// `COPY` of a table or a query.
    ///
    /// @param into whether rows go into the database
    /// @param end where they come from or go to
    /// @param table its parts; nothing when a query is copied out
    record Copy(boolean into, CopyEnd end, List<String> table, List<String> columns) implements Passing {
        public Copy {
            table = List.copyOf(table);
            columns = List.copyOf(columns);
        }
    }

    /// Where the rows of a `COPY` are, other than in the database.
    enum CopyEnd {
        CLIENT,
        SERVER_FILE,
        SERVER_PROGRAM
    }

    record Do() implements SessionStatement {}

    /// `CALL` of a procedure, whose body can do anything.
    ///
    /// @param procedure the parts of its name
    record Call(List<String> procedure) implements SessionStatement {
        public Call {
            procedure = List.copyOf(procedure);
        }
    }

    /// `EXPLAIN` of another statement.
    ///
    /// @param options each as its name and its value, which may be empty
    /// @param statementToken where the explained statement begins
    record Explain(List<ExplainOption> options, int statementToken, SessionStatement statement)
            implements SessionStatement {
        public Explain {
            options = List.copyOf(options);
        }

        /// Whether the statement is run.
        public boolean analyzes() {
            return isOn("analyze");
        }

        /// Whether an option without a value, or with a true one, is there; the last of its name counts.
        public boolean isOn(String option) {
            return options.reversed().stream()
                    .filter(candidate -> candidate.name().equals(option))
                    .findFirst()
                    .filter(ExplainOption::isOn)
                    .isPresent();
        }
    }

    /// An option of `EXPLAIN`.
    record ExplainOption(String name, String value) {
        boolean isOn() {
            return switch (SettingText.lowerCase(value)) {
                case "", "1", "on", "true" -> true;
                default -> false;
            };
        }
    }

    /// Every other statement.
    ///
    /// @param effects of the functions that it calls
    record Other(Set<SessionEffect> effects) implements Passing {
        private static final Other WITHOUT_EFFECTS = new Other(Set.of());

        public Other {
            effects = Collections.unmodifiableSet(effects);
        }

        static Other of(Set<SessionEffect> effects) {
            return effects.isEmpty() ? WITHOUT_EFFECTS : new Other(effects);
        }
    }
}
