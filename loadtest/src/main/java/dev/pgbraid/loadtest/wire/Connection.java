package dev.pgbraid.loadtest.wire;

import dev.pgbraid.loadtest.BenchmarkException;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.auth.ChannelBinding;
import dev.pgbraid.protocol.auth.ScramClient;
import dev.pgbraid.protocol.auth.ScramMechanism;
import dev.pgbraid.protocol.auth.ScramNonce;
import dev.pgbraid.protocol.backend.AuthenticationOk;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.protocol.backend.AuthenticationSaslContinue;
import dev.pgbraid.protocol.backend.AuthenticationSaslFinal;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.SaslInitialResponse;
import dev.pgbraid.protocol.frontend.SaslResponse;
import dev.pgbraid.protocol.startup.StartupMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A session with a server or a proxy. Whoever uses it may block.
///
/// Messages that nobody asks for are skipped unread, whatever their size; an ErrorResponse is always an exception.
public final class Connection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int LENGTH_BYTES = 4;
    private static final int RESULT_FORMAT_COUNT_BYTES = 2;
    private static final int PIECE_BYTES = 64 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private Connection(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /// Connects and logs in.
    public static Connection open(Endpoint endpoint) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), TIMEOUT_MILLIS);
            Connection connection = new Connection(socket);
            connection.logIn(endpoint);
            return connection;
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    /// Whether somebody listens there, lets the user in and answers a query.
    public static boolean answers(Endpoint endpoint) throws IOException {
        try (Connection connection = open(endpoint)) {
            return connection.queryText("SELECT 1").equals(Optional.of("1"));
        } catch (ConnectException | EOFException refused) {
            return false;
        } catch (SocketException reset) {
            return false;
        }
    }

    private void logIn(Endpoint endpoint) throws IOException {
        SequencedMap<ByteString, ByteString> parameters = new LinkedHashMap<>();
        parameters.put(ByteString.utf8("user"), ByteString.utf8(endpoint.login().user()));
        parameters.put(ByteString.utf8("database"), ByteString.utf8(endpoint.database()));
        ByteBuf startup = Unpooled.buffer();
        new StartupMessage(ProtocolVersion.V3_0, parameters).encode(startup);
        write(startup);
        ChannelBinding unbound = new ChannelBinding.None();
        ScramClient scram = new ScramClient(
                ScramMechanism.SCRAM_SHA_256, unbound, endpoint.login().credential(), ScramNonce.random(RANDOM));
        boolean accepted = false;
        while (!accepted) {
            switch (receive()) {
                case AuthenticationOk _ -> accepted = true;
                case AuthenticationSasl _ ->
                    send(new SaslInitialResponse(
                            ScramMechanism.SCRAM_SHA_256.wireName(), WireValue.of(scram.clientFirst())));
                case AuthenticationSaslContinue(ByteString challenge) ->
                    send(new SaslResponse(scram.clientFinal(challenge)));
                case AuthenticationSaslFinal(ByteString proof) -> scram.verify(proof);
                default -> throw new ProtocolViolation("only login by SCRAM or trust is supported here");
            }
        }
        skipUntil('Z');
    }

    public void send(FrontendMessage... messages) throws IOException {
        ByteBuf bytes = Unpooled.buffer();
        for (FrontendMessage message : messages) {
            message.encode(bytes);
        }
        write(bytes);
    }

    /// Sends encoded messages, from the first readable byte to the last.
    public void write(ByteBuf bytes) throws IOException {
        bytes.readBytes(out, bytes.readableBytes());
    }

    /// Sends a Bind to the unnamed portal with one value of so many bytes.
    ///
    /// It is written piece by piece: as a whole it would need more memory than whatever is under test.
    public void sendBind(ByteString statement, int valueBytes) throws IOException {
        ByteBuf start = Unpooled.buffer();
        new Bind(ByteString.EMPTY, statement, List.of(), List.of(WireValue.of(ByteString.EMPTY)), List.of())
                .encode(start);
        int valueLengthIndex = start.writerIndex() - RESULT_FORMAT_COUNT_BYTES - LENGTH_BYTES;
        start.setInt(1, start.getInt(1) + valueBytes);
        start.setInt(valueLengthIndex, valueBytes);
        write(start.slice(0, valueLengthIndex + LENGTH_BYTES));
        byte[] piece = "x".repeat(PIECE_BYTES).getBytes(StandardCharsets.US_ASCII);
        for (int left = valueBytes; left > 0; left -= PIECE_BYTES) {
            out.write(piece, 0, Math.min(left, PIECE_BYTES));
        }
        write(start.slice(valueLengthIndex + LENGTH_BYTES, RESULT_FORMAT_COUNT_BYTES));
    }

    /// Reads the next message whole.
    public BackendMessage receive() throws IOException {
        byte tag = in.readByte();
        byte[] body = in.readNBytes(in.readInt() - LENGTH_BYTES);
        BackendMessage message = BackendMessage.decode(tag, new MessageReader("message", Unpooled.wrappedBuffer(body)));
        if (message instanceof ErrorResponse(ErrorFields fields)) {
            throw new BenchmarkException("the server says: "
                    + fields.get(ErrorFields.MESSAGE).map(ByteString::toString).orElse("nothing"));
        }
        return message;
    }

    /// Skips messages up to and including the next one of a type; returns how many bytes that were.
    public long skipUntil(char tag) throws IOException {
        long bytes = 0;
        while (true) {
            in.mark(1);
            byte next = in.readByte();
            if (next == 'E') {
                in.reset();
                receive();
            }
            int length = in.readInt();
            in.skipNBytes(length - LENGTH_BYTES);
            bytes += 1 + length;
            if (next == tag) {
                return bytes;
            }
        }
    }

    /// Runs SQL and returns the first value of its last row, if that is not NULL.
    public Optional<String> queryText(String sql) throws IOException {
        send(new Query(ByteString.utf8(sql)));
        Optional<String> value = Optional.empty();
        while (true) {
            BackendMessage message = receive();
            if (message instanceof DataRow row) {
                value = row.values().getFirst() instanceof WireValue.Bytes(ByteString bytes)
                        ? Optional.of(bytes.toString())
                        : Optional.empty();
            }
            if (message.tag() == 'Z') {
                return value;
            }
        }
    }

    /// Ends without a word, as a client does that goes away.
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
