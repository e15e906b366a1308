package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.BenchmarkException;
import dev.pgbraid.loadtest.wire.Connection;
import dev.pgbraid.loadtest.wire.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Connected clients that do nothing any more.
final class IdleClients implements AutoCloseable {
    /// Logins under way at once: enough to keep a proxy busy, few enough for any backlog.
    private static final int OPENERS = 16;

    private final Endpoint endpoint;
    private final List<Connection> connections = new ArrayList<>();

    IdleClients(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// Lets so many clients come and go, few at a time.
    void pass(int count) throws InterruptedException {
        try (ExecutorService openers = Executors.newFixedThreadPool(OPENERS)) {
            List<Future<?>> passing = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                passing.add(openers.submit(() -> {
                    open().close();
                    return null;
                }));
            }
            for (Future<?> client : passing) {
                client.get();
            }
        } catch (ExecutionException failed) {
            throw new BenchmarkException("a client was not let in: " + failed.getCause(), failed);
        }
    }

    void growTo(int size) throws InterruptedException {
        try (ExecutorService openers = Executors.newFixedThreadPool(OPENERS)) {
            List<Future<Connection>> opening = new ArrayList<>();
            for (int i = connections.size(); i < size; i++) {
                opening.add(openers.submit(this::open));
            }
            for (Future<Connection> connection : opening) {
                connections.add(connection.get());
            }
        } catch (ExecutionException failed) {
            throw new BenchmarkException(
                    "client " + connections.size() + " of " + size + " was not let in: " + failed.getCause(), failed);
        }
    }

    private Connection open() throws IOException {
        Connection connection = Connection.open(endpoint);
        connection.queryText("SELECT 1");
        return connection;
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
