package dev.pgbraid.proxy.wire;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.FrameDecoder;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Terminate;
import dev.pgbraid.protocol.startup.SslRequest;
import dev.pgbraid.protocol.startup.StartupPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/// One connection to a server or a proxy, on which messages are sent and received one by one.
///
/// Every wait has a limit. A connection that ends is an [UncheckedIOException] with an `EOFException`.
public final class WireClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LENGTH_BYTES = 4;

    private Socket socket;
    private DataInputStream in;

    private WireClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = input(socket);
    }

    /// Connects and sends nothing yet.
    public static WireClient connect(String host, int port) {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
            return new WireClient(socket);
        } catch (IOException failed) {
            closeQuietly(socket);
            throw new UncheckedIOException("cannot connect to " + host + ":" + port, failed);
        }
    }

    /// Connects and logs in.
    public static WireClient login(String host, int port, Login login) {
        WireClient client = connect(host, port);
        boolean loggedIn = false;
        try {
            login.run(client);
            loggedIn = true;
            return client;
        } finally {
            if (!loggedIn) {
                client.disconnect();
            }
        }
    }

    /// Sends a startup packet.
    public void send(StartupPacket packet) {
        write(packet::encode);
    }

    /// Sends messages in one write.
    public void send(FrontendMessage... messages) {
        write(out -> {
            for (FrontendMessage message : messages) {
                message.encode(out);
            }
        });
    }

    /// Sends bytes as they are.
    public void send(byte[] bytes) {
        write(out -> out.writeBytes(bytes));
    }

    /// Asks for TLS and, when it is granted, goes on in it.
    ///
    /// @return whether it was granted
    public boolean startTls(SSLContext context) {
        send(new SslRequest());
        try {
            if (in.readByte() != 'S') {
                return false;
            }
            socket = context.getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
            in = input(socket);
            return true;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The next message.
    public BackendMessage receive() {
        try {
            byte tag = in.readByte();
            int length = in.readInt();
            if (length < LENGTH_BYTES || length - LENGTH_BYTES > FrameDecoder.BODY_BYTES_MAX) {
                throw new IOException("a message of type " + tag + " has the length " + length);
            }
            byte[] bytes = in.readNBytes(length - LENGTH_BYTES);
            if (bytes.length < length - LENGTH_BYTES) {
                throw new EOFException("the connection ended within a message of type " + tag);
            }
            ByteBuf body = Unpooled.wrappedBuffer(bytes);
            try {
                return BackendMessage.decode(tag, new MessageReader("message", body));
            } finally {
                body.release();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The next messages up to ReadyForQuery, which is the last of them.
    public List<BackendMessage> receiveUntilReady() {
        List<BackendMessage> messages = new ArrayList<>();
        do {
            messages.add(receive());
        } while (!(messages.getLast() instanceof ReadyForQuery));
        return messages;
    }

    /// Runs statements by the simple protocol.
    public List<BackendMessage> query(String sql) {
        send(new Query(ByteString.utf8(sql)));
        return receiveUntilReady();
    }

    /// The socket, for what the messages cannot say.
    public Socket socket() {
        return socket;
    }

    /// Ends the connection without a word.
    public void disconnect() {
        closeQuietly(socket);
    }

    /// Takes leave as the protocol wants it.
    @Override
    public void close() {
        try {
            send(new Terminate());
        } catch (UncheckedIOException alreadyClosed) {
            // The other end was faster.
            return;
        } finally {
            disconnect();
        }
    }

    private void write(Consumer<ByteBuf> content) {
        ByteBuf out = Unpooled.buffer();
        try {
            content.accept(out);
            out.readBytes(socket.getOutputStream(), out.readableBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            out.release();
        }
    }

    private static DataInputStream input(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException failed) {
            // There is nothing more that could be closed.
            return;
        }
    }
}
