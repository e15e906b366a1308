package dev.pgbraid.loadtest.soak;

import dev.pgbraid.loadtest.wire.Connection;
import dev.pgbraid.loadtest.wire.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;

/// The server itself, asked over a connection that does not lead through the proxy. For several threads.
final class Server implements AutoCloseable {
    /// What the proxy's backends look like from here.
    static final String OTHERS = " FROM pg_stat_activity WHERE datname = current_database()"
            + " AND backend_type = 'client backend' AND pid <> pg_backend_pid()";

    private final Connection connection;

    Server(Endpoint endpoint) throws IOException {
        connection = Connection.open(endpoint);
    }

    synchronized String value(String sql) {
        try {
            return connection.queryText(sql).orElse("null");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int count(String sql) {
        return Integer.parseInt(value("SELECT count(*)" + sql));
    }

    /// Ends a backend in whatever it does.
    void terminate(String pid) {
        value("SELECT pg_terminate_backend(" + pid + ")");
    }

    /// Ends a backend that nobody seems to use; the next moment somebody may.
    ///
    /// The one that listens for all has no name of a client, and its end would rightly be felt by many.
    ///
    /// @return whether there was one
    boolean terminateIdle() {
        return value("SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid" + OTHERS
                        + " AND state = 'idle' AND application_name LIKE 'guest%' ORDER BY random() LIMIT 1) AS idle")
                .equals("1");
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
