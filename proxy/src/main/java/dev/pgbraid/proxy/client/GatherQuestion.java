package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.router.gather.Sql;
import java.util.List;

/// Sends statements with the values of a client's request, whose types are known.
///
/// @param types of the parameters
/// @param values as the client has sent them
record GatherQuestion(List<Integer> types, Bind values) {
    private static final int MESSAGE_BYTES = 512;

    /// Asks for all rows of a query, in the binary format.
    void send(Backend backend, Sql query) {
        bind(backend, ByteString.copyOf(query.bytes()), List.of(Format.BINARY));
        execute(backend, 0);
    }

    /// Makes the unnamed portal of a statement.
    void bind(Backend backend, ByteString statement, List<Format> formats) {
        backend.unnamed().forget();
        send(backend, new Parse(ByteString.EMPTY, statement, types));
        backend.expectInBatch(Response.PARSE);
        send(
                backend,
                new Bind(ByteString.EMPTY, ByteString.EMPTY, values.parameterFormats(), values.parameters(), formats));
        backend.expectInBatch(Response.BIND);
    }

    /// Runs the unnamed portal.
    ///
    /// @param rowsMax how many of its rows are wanted, 0 for all
    void execute(Backend backend, int rowsMax) {
        send(backend, new Execute(ByteString.EMPTY, rowsMax));
        backend.expectInBatch(Response.EXECUTE);
    }

    /// Ends a batch of statements.
    void end(Backend backend) {
        backend.syncForProxy();
    }

    private static void send(Backend backend, Message message) {
        message.encode(backend.writer().append(MESSAGE_BYTES));
    }
}
