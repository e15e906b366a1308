package dev.pgbraid.proxy.router;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.List;
import java.util.Optional;

/// A PostgreSQL that is asked what it thinks of texts, and changes nothing for them.
///
/// Its transaction has failed. In that state it still reads a text by its grammar, and refuses everything that the
/// grammar takes with the same SQLSTATE.
final class ParsingServer implements AutoCloseable {
    private static final String IN_FAILED_TRANSACTION = "25P02";

    private final WireClient client = WireClient.login(PostgresCluster.shared().administrator());

    ParsingServer() {
        client.query("BEGIN");
        client.query("SELECT 1/0");
    }

    /// Why the text is refused, if it is by scanner or grammar.
    Optional<ErrorFields> problem(String sql) {
        client.send(new Parse(ByteString.EMPTY, ByteString.utf8(sql), List.of()), new Sync());
        return error(client.readUntilReady())
                .filter(error -> !text(error, ErrorFields.CODE).equals(IN_FAILED_TRANSACTION));
    }

    static Optional<ErrorFields> error(List<BackendMessage> answer) {
        return answer.stream()
                .filter(ErrorResponse.class::isInstance)
                .map(message -> ((ErrorResponse) message).fields())
                .findFirst();
    }

    static String text(ErrorFields error, byte field) {
        return error.get(field).map(ByteString::toString).orElse("");
    }

    @Override
    public void close() {
        client.close();
    }
}
