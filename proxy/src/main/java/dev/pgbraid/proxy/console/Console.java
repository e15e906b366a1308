package dev.pgbraid.proxy.console;

import java.util.List;

/// Answers statements by the proxy itself. Calls may block.
public interface Console {

    /// Whether a user may use it.
    boolean admits(String user);

    /// The columns that a statement answers with; none if it answers with no rows.
    ///
    /// @throws ConsoleException if it is not understood
    List<Column> describe(String statement);

    /// Runs a statement.
    ///
    /// @throws ConsoleException if that is refused
    Answer run(String user, String statement);
}
