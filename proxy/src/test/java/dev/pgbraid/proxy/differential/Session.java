package dev.pgbraid.proxy.differential;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A session in which statements are run, replaced by another one when it is lost.
final class Session implements AutoCloseable {
    /// An answer that takes longer never comes.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Supplier<WireClient> login;
    private final String database;
    private WireClient client;

    /// @param database the name of the home shard's, or the plain one's
    Session(Supplier<WireClient> login, String database) {
        this.login = login;
        this.database = database;
        this.client = patient(login.get());
    }

    private static WireClient patient(WireClient client) {
        client.losePatienceAfter(PATIENCE);
        return client;
    }

    /// Sends what [#receive] gives the answer to.
    void send(FrontendMessage... messages) {
        try {
            client.send(messages);
        } catch (UncheckedIOException _) {
            // The session is lost, which is found again by whoever wants the answer.
        }
    }

    Answer receive() {
        try {
            return Answer.of(client.readUntilReady(), database);
        } catch (UncheckedIOException | AssertionError lost) {
            client.close();
            client = patient(login.get());
            Answer.Failure failure = new Answer.Failure("", "the session is lost: " + lost, true);
            return new Answer(List.of(), List.of(), Optional.of(failure), TransactionStatus.IDLE);
        }
    }

    Answer query(String sql) {
        send(new Query(ByteString.utf8(sql)));
        return receive();
    }

    @Override
    public void close() {
        client.close();
    }
}
