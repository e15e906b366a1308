package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.ClientStatements;
import dev.pgbraid.proxy.session.PreparedStatement;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.UnnamedStatement;
import dev.pgbraid.router.WrittenParameters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a client asks of several shards.
sealed interface FanRequest {
    /// Sends it to one of them.
    void send(Backend backend);

    /// Whether the answer ends with ReadyForQuery.
    boolean isSimple();

    /// How many rows the client wants, 0 for all.
    int rowsMax();

    /// Whether the client is told what the rows look like.
    boolean isDescribed();

    /// Whether the client wants its rows.
    boolean isExecuted();

    /// The statement, with the types of parameters that the client gives.
    Parse parse();

    /// The values of its parameters, and the formats of its rows.
    Bind bind();

    /// A simple query.
    final class Text implements FanRequest {
        private final byte[] text;

        Text(byte[] text) {
            this.text = text;
        }

        @Override
        public void send(Backend backend) {
            ByteBuf out = backend.writer().append(ClientMessage.HEADER_BYTES + text.length + 1);
            out.writeByte('Q')
                    .writeInt(Integer.BYTES + text.length + 1)
                    .writeBytes(text)
                    .writeByte(0);
            backend.unnamed().forget();
            backend.expectBatchEnd(Response.QUERY);
        }

        @Override
        public boolean isSimple() {
            return true;
        }

        @Override
        public boolean isDescribed() {
            return true;
        }

        @Override
        public boolean isExecuted() {
            return true;
        }

        @Override
        public Parse parse() {
            return new Parse(ByteString.EMPTY, ByteString.copyOf(text), List.of());
        }

        @Override
        public Bind bind() {
            return new Bind(ByteString.EMPTY, ByteString.EMPTY, List.of(), List.of(), List.of());
        }

        @Override
        public int rowsMax() {
            return 0;
        }
    }

    /// A simple query that executes a prepared statement.
    ///
    /// @param values the arguments, all of them constants
    record Execution(SqlExecution execution, WrittenParameters values) implements FanRequest {
        @Override
        public void send(Backend backend) {
            backend.unnamed().forget();
            execution.send(backend, null);
        }

        @Override
        public boolean isSimple() {
            return true;
        }

        @Override
        public boolean isDescribed() {
            return true;
        }

        @Override
        public boolean isExecuted() {
            return true;
        }

        @Override
        public Parse parse() {
            return FanRequest.parse(execution.named().statement().body());
        }

        @Override
        public Bind bind() {
            List<WireValue> written = new ArrayList<>();
            for (int number = 1; number <= values.count(); number++) {
                written.add(
                        values.isNull(number)
                                ? new WireValue.Null()
                                : new WireValue.Bytes(ByteString.copyOf(values.bytes(number))));
            }
            return new Bind(ByteString.EMPTY, ByteString.EMPTY, List.of(), written, List.of());
        }

        @Override
        public int rowsMax() {
            return 0;
        }
    }

    /// What a text and parameter types say, as they are in Parse.
    static Parse parse(byte[] body) {
        MessageReader in = new MessageReader("Parse", Unpooled.wrappedBuffer(body));
        return new Parse(ByteString.EMPTY, in.readCString(), in.readList(MessageReader::readInt32));
    }

    /// A portal, from its Bind to its Execute.
    final class Portal implements FanRequest {
        private final ClientStatements.@Nullable Named named;
        private final UnnamedStatement unnamed;

        /// What follows the names in Bind.
        private final byte[] values;

        private boolean described;
        private boolean executed;
        private int rowsMax;

        /// @param named the statement, or null if it is the unnamed one
        Portal(ClientStatements.@Nullable Named named, UnnamedStatement unnamed, byte[] values) {
            this.named = named;
            this.unnamed = unnamed;
            this.values = values;
        }

        void describe() {
            described = true;
        }

        /// @param limit how many rows, 0 for all
        void execute(int limit) {
            executed = true;
            rowsMax = limit;
        }

        @Override
        public boolean isExecuted() {
            return executed;
        }

        @Override
        public void send(Backend backend) {
            if (named == null) {
                backend.unnamed().restore(unnamed, Optional.empty());
                bind(backend, 1).writeByte(0).writeBytes(values);
                backend.expectInBatch(Response.BIND);
            } else {
                PreparedStatement statement = named.statement();
                if (!backend.statements().has(statement)) {
                    backend.statements().restore(named, Optional.empty());
                }
                ByteBuf out = bind(backend, statement.nameLength());
                statement.writeName(out);
                out.writeBytes(values);
                backend.expectInBatch(Response.BIND, named);
            }
            if (described) {
                backend.writer()
                        .append(7)
                        .writeByte('D')
                        .writeInt(6)
                        .writeByte('P')
                        .writeByte(0);
                backend.expectInBatch(Response.DESCRIBE);
            }
            if (executed) {
                backend.writer()
                        .append(10)
                        .writeByte('E')
                        .writeInt(9)
                        .writeByte(0)
                        .writeInt(rowsMax);
                backend.expectInBatch(Response.EXECUTE);
            }
            backend.syncForProxy();
        }

        private ByteBuf bind(Backend backend, int nameLength) {
            int length = Integer.BYTES + 1 + nameLength + values.length;
            return backend.writer()
                    .append(1 + length)
                    .writeByte('B')
                    .writeInt(length)
                    .writeByte(0);
        }

        @Override
        public boolean isSimple() {
            return false;
        }

        @Override
        public boolean isDescribed() {
            return described;
        }

        @Override
        public Parse parse() {
            return FanRequest.parse(
                    named == null ? unnamed.text() : named.statement().body());
        }

        @Override
        public Bind bind() {
            return Bind.decode(new MessageReader("Bind", Unpooled.wrappedBuffer(new byte[2], values)));
        }

        @Override
        public int rowsMax() {
            return rowsMax;
        }
    }
}
