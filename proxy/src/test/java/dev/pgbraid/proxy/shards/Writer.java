package dev.pgbraid.proxy.shards;

import dev.pgbraid.proxy.testing.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Writes rows with keys of their own, one after another, and reads each of them again.
final class Writer {
    private final Endpoint database;
    private final AtomicInteger next;
    private final Set<Integer> written;
    private final Set<Integer> uncertain;
    private @Nullable Connection connection;

    /// @param next the key of the next row
    /// @param written gets the keys of the rows that are there
    /// @param uncertain gets the keys of the rows that may be there
    Writer(Endpoint database, AtomicInteger next, Set<Integer> written, Set<Integer> uncertain) {
        this.database = database;
        this.next = next;
        this.written = written;
        this.uncertain = uncertain;
    }

    /// Writes one row; says what is wrong with what it finds, if anything is.
    Optional<String> write(boolean inTransaction) {
        int id = next.incrementAndGet();
        uncertain.add(id);
        try {
            Connection open = connection();
            open.setAutoCommit(!inTransaction);
            try (Statement statement = open.createStatement()) {
                statement.executeUpdate("INSERT INTO users VALUES (" + id + ", 'written')");
                Optional<String> problem = look(statement, id);
                if (inTransaction) {
                    open.commit();
                }
                written.add(id);
                return problem;
            }
        } catch (SQLException failed) {
            return mayFail(failed) ? Optional.empty() : Optional.of(failed.getSQLState() + " " + failed.getMessage());
        }
    }

    private static Optional<String> look(Statement statement, int id) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT name FROM users WHERE id = " + id)) {
            return rows.next() ? Optional.empty() : Optional.of("row " + id + " is not there");
        }
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null || !open.isValid(10)) {
            open = database.jdbc();
            connection = open;
        }
        return open;
    }

    /// What a client has to expect: to be told to repeat it, or to lose its connection.
    private boolean mayFail(SQLException failed) {
        try {
            if (connection != null && !connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException gone) {
            connection = null;
        }
        String state = failed.getSQLState();
        return Set.of("40001", "55P03", "57P01", "08006", "08003").contains(state);
    }

    void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException gone) {
            connection = null;
        }
    }
}
