package dev.pgbraid.proxy.testing;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.auth.ChannelBinding;
import dev.pgbraid.protocol.auth.ScramClient;
import dev.pgbraid.protocol.auth.ScramCredential;
import dev.pgbraid.protocol.auth.ScramMechanism;
import dev.pgbraid.protocol.auth.ScramNonce;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.protocol.backend.AuthenticationSaslContinue;
import dev.pgbraid.protocol.backend.AuthenticationSaslFinal;
import dev.pgbraid.protocol.backend.BackendKeyData;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.ParameterStatus;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.SaslInitialResponse;
import dev.pgbraid.protocol.frontend.SaslResponse;
import dev.pgbraid.protocol.startup.CancelRequest;
import dev.pgbraid.protocol.startup.SslRequest;
import dev.pgbraid.protocol.startup.StartupMessage;
import dev.pgbraid.protocol.startup.StartupPacket;
import dev.pgbraid.proxy.backend.ScramKeyCache;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A client that sends what it is told, message by message or byte by byte, and shows every message that comes.
///
/// It blocks. One thread may send while another reads.
public final class WireClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofMillis(150);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ScramKeyCache SCRAM_KEYS = new ScramKeyCache();

    private final Endpoint endpoint;
    private final SequencedMap<String, String> parameters = new LinkedHashMap<>();
    private Socket socket;
    private DataInputStream in;
    private Optional<CancelKey> cancelKey = Optional.empty();

    private WireClient(Endpoint endpoint, Socket socket) throws IOException {
        this.endpoint = endpoint;
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /// Connects, and sends nothing.
    public static WireClient connect(Endpoint endpoint) {
        return unchecked(() -> {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), (int) PATIENCE.toMillis());
            return new WireClient(endpoint, socket);
        });
    }

    /// Connects and logs in.
    ///
    /// @throws ServerError if that is refused
    public static WireClient login(Endpoint endpoint) {
        return login(endpoint, Map.of());
    }

    /// Connects and logs in.
    ///
    /// @param settings what the startup message says besides user and database
    public static WireClient login(Endpoint endpoint, Map<String, String> settings) {
        WireClient client = connect(endpoint);
        try {
            client.start(ProtocolVersion.V3_0, settings);
            client.authenticate();
            return client;
        } catch (RuntimeException | AssertionError failed) {
            client.close();
            throw failed;
        }
    }

    // Before the login.

    /// Asks for TLS and returns the answer, `S` or `N`.
    public char askForTls() {
        send(new SslRequest());
        return (char) readByte();
    }

    /// Begins TLS, whatever was said before, and returns when the handshake is over.
    ///
    /// @param protocols the application protocols to offer, if any
    public void beginTls(SSLContext context, String... protocols) {
        run(() -> {
            SSLSocket secured = (SSLSocket)
                    context.getSocketFactory().createSocket(socket, endpoint.host(), socket.getPort(), true);
            SSLParameters wanted = secured.getSSLParameters();
            wanted.setApplicationProtocols(protocols);
            secured.setSSLParameters(wanted);
            secured.startHandshake();
            use(secured);
        });
    }

    /// Sends a StartupMessage of the endpoint's user and database.
    public void start(ProtocolVersion version, Map<String, String> settings) {
        SequencedMap<ByteString, ByteString> startup = new LinkedHashMap<>();
        startup.put(ByteString.utf8("user"), ByteString.utf8(endpoint.user()));
        startup.put(ByteString.utf8("database"), ByteString.utf8(endpoint.database()));
        settings.forEach((name, value) -> startup.put(ByteString.utf8(name), ByteString.utf8(value)));
        send(new StartupMessage(version, startup));
    }

    /// Answers the server's challenges by the endpoint's password until the first ReadyForQuery.
    ///
    /// @return every message of the login
    /// @throws ServerError if the login is refused
    public List<BackendMessage> authenticate() {
        return authenticateAndSend();
    }

    /// As [#authenticate()], and shows each message when it has come.
    public void authenticate(Consumer<BackendMessage> observer) {
        authenticate(observer, new FrontendMessage[0]);
    }

    /// As [#authenticate()], but sends `ahead` together with the last answer to the challenges.
    public List<BackendMessage> authenticateAndSend(FrontendMessage... ahead) {
        List<BackendMessage> messages = new ArrayList<>();
        authenticate(messages::add, ahead);
        return messages;
    }

    private void authenticate(Consumer<BackendMessage> observer, FrontendMessage... ahead) {
        ScramClient scram = new ScramClient(
                ScramMechanism.SCRAM_SHA_256,
                new ChannelBinding.None(),
                credential(endpoint.password()),
                ScramNonce.random(RANDOM));
        BackendMessage message;
        do {
            message = read();
            observer.accept(message);
            switch (message) {
                case AuthenticationSasl _ ->
                    send(new SaslInitialResponse(
                            ScramMechanism.SCRAM_SHA_256.wireName(), WireValue.of(scram.clientFirst())));
                case AuthenticationSaslContinue(ByteString data) -> {
                    List<FrontendMessage> together =
                            new ArrayList<>(List.of(new SaslResponse(scram.clientFinal(data))));
                    together.addAll(List.of(ahead));
                    send(together.toArray(FrontendMessage[]::new));
                }
                case AuthenticationSaslFinal(ByteString data) -> scram.verify(data);
                case ErrorResponse error -> throw new ServerError(error.fields());
                default -> {}
            }
        } while (!(message instanceof ReadyForQuery));
    }

    private static ScramCredential credential(String password) {
        return (salt, iterations) -> SCRAM_KEYS.keys(ByteString.utf8(password), salt, iterations);
    }

    // Sending.

    public void send(FrontendMessage... messages) {
        send(bytes(messages));
    }

    public void send(StartupPacket packet) {
        send(written(packet::encode));
    }

    public void send(byte[] bytes) {
        run(() -> socket.getOutputStream().write(bytes));
    }

    /// Sends in pieces of `size` bytes, each in a packet of its own.
    public void sendInPieces(int size, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += size) {
            send(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        }
    }

    /// What `messages` look like on the wire.
    public static byte[] bytes(Message... messages) {
        return written(out -> {
            for (Message message : messages) {
                message.encode(out);
            }
        });
    }

    private static byte[] written(Consumer<ByteBuf> writer) {
        ByteBuf out = Unpooled.buffer();
        writer.accept(out);
        return ByteBufUtil.getBytes(out);
    }

    // Reading.

    /// The next message, or nothing if the server has closed the connection in order.
    public Optional<BackendMessage> next() {
        int tag = readByte();
        if (tag < 0) {
            return Optional.empty();
        }
        ByteBuf body = unchecked(() -> {
            byte[] bytes = new byte[in.readInt() - Integer.BYTES];
            in.readFully(bytes);
            return Unpooled.wrappedBuffer(bytes);
        });
        BackendMessage message = BackendMessage.decode((byte) tag, new MessageReader("message", body));
        switch (message) {
            case ParameterStatus(ByteString name, ByteString value) ->
                parameters.put(name.toString(), value.toString());
            case BackendKeyData(CancelKey key) -> cancelKey = Optional.of(key);
            default -> {}
        }
        return Optional.of(message);
    }

    /// Reads the next message and keeps nothing of it but its type, so it may be of any size.
    public char skip() {
        return unchecked(() -> {
            char tag = (char) in.readByte();
            in.skipNBytes(in.readInt() - Integer.BYTES);
            return tag;
        });
    }

    public BackendMessage read() {
        return next().orElseThrow(() -> new AssertionError("the server has closed the connection"));
    }

    /// Everything up to the next ReadyForQuery, which is the last.
    public List<BackendMessage> readUntilReady() {
        List<BackendMessage> messages = new ArrayList<>();
        do {
            messages.add(read());
        } while (!(messages.getLast() instanceof ReadyForQuery));
        return messages;
    }

    /// Everything up to the next ReadyForQuery or the end of the connection.
    public List<BackendMessage> readUntilReadyOrEnd() {
        List<BackendMessage> messages = new ArrayList<>();
        Optional<BackendMessage> next = next();
        while (next.isPresent()) {
            messages.add(next.get());
            next = next.get() instanceof ReadyForQuery ? Optional.empty() : next();
        }
        return messages;
    }

    /// Everything up to the end of the connection.
    public List<BackendMessage> readUntilEnd() {
        List<BackendMessage> messages = new ArrayList<>();
        for (Optional<BackendMessage> message = next(); message.isPresent(); message = next()) {
            messages.add(message.get());
        }
        return messages;
    }

    /// Returns when the connection has ended in whatever way; what comes before the end may be anything.
    public void awaitEnd() {
        try {
            while (in.read() >= 0) {}
        } catch (SocketTimeoutException late) {
            throw new UncheckedIOException(late);
        } catch (IOException _) {
            // A reset is an end too.
        }
    }

    /// Everything up to the end of the connection, which may come within a message.
    public List<BackendMessage> readUntilCutOff() {
        List<BackendMessage> messages = new ArrayList<>();
        try {
            for (Optional<BackendMessage> message = next(); message.isPresent(); message = next()) {
                messages.add(message.get());
            }
        } catch (UncheckedIOException failed) {
            if (!(failed.getCause() instanceof EOFException)) {
                throw failed;
            }
        }
        return messages;
    }

    /// Fails if anything comes in a little while.
    public void expectSilence() {
        if (!isSilent()) {
            throw new AssertionError("instead of silence there is " + next());
        }
    }

    /// Whether nothing comes in a little while, not even the end.
    public boolean isSilent() {
        return unchecked(() -> {
            in.mark(1);
            socket.setSoTimeout((int) SILENCE.toMillis());
            try {
                in.read();
                in.reset();
                return false;
            } catch (SocketTimeoutException silent) {
                return true;
            } finally {
                socket.setSoTimeout((int) PATIENCE.toMillis());
            }
        });
    }

    /// Runs a simple query.
    ///
    /// @return all that answers it
    public List<BackendMessage> query(String sql) {
        send(new Query(ByteString.utf8(sql)));
        return readUntilReady();
    }

    /// The first column of each row.
    ///
    /// @throws ServerError if the query fails
    public List<String> column(String sql) {
        List<String> values = new ArrayList<>();
        for (BackendMessage message : query(sql)) {
            switch (message) {
                case DataRow(List<WireValue> row) -> values.add(text(row.getFirst()));
                case ErrorResponse error -> throw new ServerError(error.fields());
                default -> {}
            }
        }
        return values;
    }

    /// The one value that a query gives.
    public String value(String sql) {
        List<String> values = column(sql);
        if (values.size() != 1) {
            throw new AssertionError(sql + " gave " + values);
        }
        return values.getFirst();
    }

    public static String text(WireValue value) {
        return switch (value) {
            case WireValue.Bytes(ByteString bytes) -> bytes.toString();
            case WireValue.Null _ -> "NULL";
        };
    }

    // Facts of the login.

    /// What the server has reported of itself, the latest values.
    public Map<String, String> parameters() {
        return parameters;
    }

    public CancelKey cancelKey() {
        return cancelKey.orElseThrow();
    }

    /// Sends a cancel request for this session on a connection of its own; returns when the server has closed that.
    public void cancel() {
        cancel(cancelKey());
    }

    public void cancel(CancelKey key) {
        try (WireClient other = connect(endpoint)) {
            other.send(new CancelRequest(key));
            if (other.readByte() >= 0) {
                throw new AssertionError("a cancel request was answered");
            }
        }
    }

    /// Gives up on an answer that takes longer than this.
    public void losePatienceAfter(Duration patience) {
        run(() -> socket.setSoTimeout((int) patience.toMillis()));
    }

    // Ending.

    /// Says that nothing more will be sent; reading goes on.
    public void endOutput() {
        run(socket::shutdownOutput);
    }

    /// Vanishes without a goodbye: the other side gets an RST.
    public void reset() {
        run(() -> {
            socket.setSoLinger(true, 0);
            socket.close();
        });
    }

    @Override
    public void close() {
        run(socket::close);
    }

    private void use(Socket connected) throws IOException {
        socket = connected;
        in = new DataInputStream(new BufferedInputStream(connected.getInputStream()));
    }

    /// The next byte, or -1 at the end.
    public int readByte() {
        return unchecked(in::read);
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private interface Writing {
        void write() throws IOException;
    }

    private static <T> T unchecked(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void run(Writing writing) {
        try {
            writing.write();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
