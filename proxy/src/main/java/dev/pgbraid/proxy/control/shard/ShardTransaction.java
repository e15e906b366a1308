package dev.pgbraid.proxy.control.shard;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/// A transaction on one shard. It is rolled back when it is closed before its end.
///
/// Everything it runs is in the words of the shard's catalogs: the search path is `pg_catalog` alone.
public final class ShardTransaction implements AutoCloseable {
    private static final int COPY_BUFFER_BYTES = 64 * 1024;

    private final String shard;
    private final Connection connection;

    ShardTransaction(String shard, Connection connection) {
        this.shard = shard;
        this.connection = connection;
    }

    /// The name of the shard.
    public String shard() {
        return shard;
    }

    /// Runs a statement, and gives the number of rows that it has changed.
    public long execute(String sql, Object... parameters) throws ShardFailure {
        return attempt(() -> {
            try (PreparedStatement statement = bind(sql, parameters)) {
                return statement.executeLargeUpdate();
            }
        });
    }

    /// The rows of a query.
    public <T> List<T> rows(String sql, RowReader<T> reader, Object... parameters) throws ShardFailure {
        return attempt(() -> {
            try (PreparedStatement statement = bind(sql, parameters);
                    ResultSet result = statement.executeQuery()) {
                Row row = new Row(result);
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(reader.read(row));
                }
                return rows;
            }
        });
    }

    /// The only row of a query.
    public <T> T row(String sql, RowReader<T> reader, Object... parameters) throws ShardFailure {
        List<T> rows = rows(sql, reader, parameters);
        if (rows.size() != 1) {
            throw ShardFailure.of(shard, new SQLException("a query that gives one row gave " + rows.size()));
        }
        return rows.getFirst();
    }

    /// Carries rows from here to `target`, and gives their number.
    ///
    /// @param out a COPY TO STDOUT
    /// @param in a COPY FROM STDIN for what that gives
    public long copy(String out, ShardTransaction target, String in) throws ShardFailure {
        return target.attempt(() -> {
            try (OutputStream stream =
                    new PGCopyOutputStream(target.connection.unwrap(PGConnection.class), in, COPY_BUFFER_BYTES)) {
                return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(out, stream);
            } catch (IOException failed) {
                throw new SQLException(failed.getMessage(), failed);
            }
        });
    }

    /// Lets statements take as long as they need, such as those that copy a table.
    public void allowLongStatements() throws ShardFailure {
        execute("SET LOCAL statement_timeout = 0");
        execute("SET LOCAL idle_in_transaction_session_timeout = 0");
        attempt(() -> {
            connection.setNetworkTimeout(Runnable::run, 0);
            return true;
        });
    }

    /// Asks the server to stop what it does for this transaction, from another thread.
    public void cancel() {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException away) {
            // A server that cannot be told has nothing to stop either, or it ends with the connection.
            return;
        }
    }

    public void commit() throws ShardFailure {
        end("COMMIT");
    }

    /// Makes sure that the transaction can be committed by [ShardPool#commitPrepared], come what may.
    public void prepare(String gid) throws ShardFailure {
        end("PREPARE TRANSACTION " + Sql.literal(gid));
    }

    private void end(String sql) throws ShardFailure {
        attempt(() -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    @Override
    public void close() throws ShardFailure {
        attempt(() -> {
            try (connection) {
                connection.rollback();
                return true;
            }
        });
    }

    private PreparedStatement bind(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof Collection<?> texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts.toArray()));
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
        return statement;
    }

    private interface Attempt<T> {
        T run() throws SQLException;
    }

    private <T> T attempt(Attempt<T> attempt) throws ShardFailure {
        try {
            return attempt.run();
        } catch (SQLException failed) {
            throw ShardFailure.of(shard, failed);
        }
    }
}
