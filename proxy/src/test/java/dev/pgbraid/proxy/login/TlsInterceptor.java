package dev.pgbraid.proxy.login;

import dev.pgbraid.protocol.startup.SslRequest;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.FakeShard;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// Somebody in between who ends TLS with a certificate of their own, begins it anew and passes on what is inside.
final class TlsInterceptor implements AutoCloseable {
    private static final byte[] SSL_REQUEST = Packets.bytes(new SslRequest());

    private final Endpoint server;
    private final SSLContext asServer;
    private final SSLContext asClient;
    private final ServerSocket listening;

    TlsInterceptor(Endpoint server, SSLContext asServer, SSLContext asClient) {
        this.server = server;
        this.asServer = asServer;
        this.asClient = asClient;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().name("interceptor").start(this::accept);
    }

    int port() {
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

    private void accept() {
        try {
            while (true) {
                Socket accepted = listening.accept();
                Thread.ofVirtual().start(() -> intercept(accepted));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void intercept(Socket accepted) {
        try (accepted;
                Socket onward = new Socket(server.host(), server.port())) {
            FakeShard.readPacket(new DataInputStream(accepted.getInputStream()));
            accepted.getOutputStream().write('S');
            onward.getOutputStream().write(SSL_REQUEST);
            if (onward.getInputStream().read() != 'S') {
                throw new IOException("the server has no TLS");
            }
            try (SSLSocket near = secured(asServer, accepted, false);
                    SSLSocket far = secured(asClient, onward, true)) {
                Thread back = Thread.ofVirtual().start(() -> pass(far, near));
                pass(near, far);
                back.join();
            }
        } catch (IOException _) {
            // One of them has hung up.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static SSLSocket secured(SSLContext context, Socket socket, boolean client) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        secured.setUseClientMode(client);
        secured.startHandshake();
        return secured;
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException _) {
            // One of them has hung up.
        }
    }
}
