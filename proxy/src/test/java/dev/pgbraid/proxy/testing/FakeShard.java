package dev.pgbraid.proxy.testing;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.AuthenticationCleartextPassword;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.protocol.backend.AuthenticationSaslContinue;
import dev.pgbraid.protocol.backend.AuthenticationSaslFinal;
import dev.pgbraid.protocol.backend.BackendMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A server that says what no PostgreSQL would say.
public final class FakeShard implements AutoCloseable {
    private final ServerSocket listening;

    /// What is done to each connection.
    public interface Conversation {
        void hold(DataInputStream in, OutputStream out) throws IOException;
    }

    /// The text of the server's SCRAM message number `step`.
    public interface ScramText {
        String of(int step, String clientNonce);
    }

    public FakeShard(Conversation conversation) {
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().name("fake-shard").start(() -> accept(conversation));
    }

    public static FakeShard ofScram(ScramText text) {
        return new FakeShard((in, out) -> {
            readPacket(in);
            send(out, new AuthenticationSasl(List.of(ByteString.utf8("SCRAM-SHA-256"))));
            String clientFirst = readMessage(in);
            String nonce = clientFirst.substring(clientFirst.indexOf("r=") + 2);
            send(out, new AuthenticationSaslContinue(ByteString.utf8(text.of(0, nonce))));
            readMessage(in);
            send(out, new AuthenticationSaslFinal(ByteString.utf8(text.of(1, nonce))));
            in.read();
        });
    }

    public static FakeShard ofCleartext() {
        return new FakeShard((in, out) -> {
            readPacket(in);
            send(out, new AuthenticationCleartextPassword());
            in.read();
        });
    }

    /// Answers SSLRequest by these bytes and waits for the end.
    public static FakeShard ofTlsAnswer(byte[] answer) {
        return new FakeShard((in, out) -> {
            readPacket(in);
            out.write(answer);
            in.read();
        });
    }

    public int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public static void readPacket(DataInputStream in) throws IOException {
        in.readNBytes(in.readInt() - Integer.BYTES);
    }

    public static String readMessage(DataInputStream in) throws IOException {
        in.readByte();
        return new String(in.readNBytes(in.readInt() - Integer.BYTES), StandardCharsets.ISO_8859_1);
    }

    public static void send(OutputStream out, BackendMessage message) throws IOException {
        ByteBuf bytes = Unpooled.buffer();
        message.encode(bytes);
        out.write(ByteBufUtil.getBytes(bytes));
    }

    private void accept(Conversation conversation) {
        try {
            while (true) {
                Socket accepted = listening.accept();
                Thread.ofVirtual().start(() -> hold(conversation, accepted));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private static void hold(Conversation conversation, Socket accepted) {
        try (accepted) {
            conversation.hold(new DataInputStream(accepted.getInputStream()), accepted.getOutputStream());
        } catch (IOException _) {
            // The proxy has hung up.
        }
    }
}
