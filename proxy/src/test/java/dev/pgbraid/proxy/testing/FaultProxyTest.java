package dev.pgbraid.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.testing.Wire;
import dev.pgbraid.proxy.testing.Fault.Action;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Between two plain sockets, so that every byte is seen.
class FaultProxyTest {
    private static final byte[] STARTUP = Wire.bytes("00000009 00030000 00");
    private static final byte[] QUERY = Wire.bytes("51 00000007 'ab' 00");
    private static final byte[] OTHER_QUERY = Wire.bytes("51 00000007 'cd' 00");
    private static final byte[] SYNC = Wire.bytes("53 00000004");
    private static final byte[] READY = Wire.bytes("5A 00000005 'I'");
    private static final byte[] SSL_REQUEST = Wire.bytes("00000008 04D2162F");

    private ServerSocket listening = new ServerSocket();
    private FaultProxy proxy = proxy();
    private Socket client = new Socket();
    private Socket server = new Socket();

    FaultProxyTest() throws IOException {}

    private FaultProxy proxy() throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        return FaultProxy.before(target());
    }

    private Endpoint target() {
        return new Endpoint("127.0.0.1", listening.getLocalPort(), "user", "password", "database");
    }

    @BeforeEach
    void connect() throws IOException {
        client = connectByProxy();
        server = listening.accept();
        server.setSoTimeout(20_000);
    }

    private Socket connectByProxy() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), proxy.of(target()).port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        proxy.close();
        listening.close();
    }

    private void startUp() throws IOException {
        client.getOutputStream().write(STARTUP);
        expect(server, STARTUP);
    }

    @Test
    void everythingPassesWithoutAFault() throws IOException {
        startUp();
        client.getOutputStream().write(join(QUERY, SYNC));
        expect(server, join(QUERY, SYNC));
        server.getOutputStream().write(READY);
        expect(client, READY);
    }

    @Test
    void theEndOfEitherStreamPassesAloneAndInOrder() throws IOException {
        startUp();
        client.getOutputStream().write(QUERY);
        client.shutdownOutput();
        expect(server, QUERY);
        expectEnd(server);

        server.getOutputStream().write(READY);
        server.shutdownOutput();
        expect(client, READY);
        expectEnd(client);
    }

    @Test
    void aResetPasses() throws IOException {
        startUp();
        client.setSoLinger(true, 0);
        client.close();
        expectReset(server);
    }

    @Test
    void aCutEndsBothStreamsAtTheByte() throws IOException {
        startUp();
        proxy.inject(Fault.fromClient('Q', new Action.Cut()).nth(2).at(6));
        client.getOutputStream().write(join(QUERY, SYNC, OTHER_QUERY, SYNC));

        expect(server, join(QUERY, SYNC, Arrays.copyOf(OTHER_QUERY, 6)));
        expectEnd(server);
        expectEnd(client);
        proxy.awaitFault();
    }

    @Test
    void aResetHitsBothEnds() throws IOException {
        startUp();
        proxy.inject(Fault.fromServer('Z', new Action.Reset()));
        server.getOutputStream().write(READY);

        expectReset(client);
        expectReset(server);
    }

    @Test
    void theTagOfTheOtherDirectionDoesNotCount() throws IOException {
        startUp();
        proxy.inject(Fault.fromServer('Q', new Action.Reset()));
        client.getOutputStream().write(QUERY);

        expect(server, QUERY);
    }

    @Test
    void aDelayedMessageComesLaterAndWhole() throws IOException {
        startUp();
        proxy.inject(
                Fault.fromClient('Q', new Action.Delay(Duration.ofMillis(200))).at(3));
        long start = System.nanoTime();
        client.getOutputStream().write(join(QUERY, SYNC));

        expect(server, Arrays.copyOf(QUERY, 3));
        expect(server, join(Arrays.copyOfRange(QUERY, 3, QUERY.length), SYNC));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void aStalledMessageWaitsForItsRelease() throws IOException {
        startUp();
        proxy.inject(Fault.fromClient('Q', new Action.Stall()).at(1));
        client.getOutputStream().write(QUERY);
        expect(server, Arrays.copyOf(QUERY, 1));
        server.setSoTimeout(100);
        assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        server.setSoTimeout(20_000);

        proxy.release();

        expect(server, Arrays.copyOfRange(QUERY, 1, QUERY.length));
    }

    @Test
    void aSplitMessageArrivesInPieces() throws IOException {
        startUp();
        proxy.inject(Fault.fromClient('Q', new Action.Split()).at(2));
        byte[] large = new byte[300];
        large[0] = 'Q';
        large[3] = 1;
        large[4] = 43;
        client.getOutputStream().write(large);

        assertThat(readsUntil(server, large.length)).isGreaterThan(10);
    }

    @Test
    void everyByteTravelsAloneWhereBytesTrickle() throws IOException {
        startUp();
        proxy.trickle();
        byte[] answer = new byte[1000];
        answer[0] = 'D';
        answer[3] = 3;
        answer[4] = (byte) 0xE7;
        server.getOutputStream().write(answer);

        assertThat(readsUntil(client, answer.length)).isGreaterThan(50);
    }

    @Test
    void bytesAreReplacedWhereAsked() throws IOException {
        startUp();
        proxy.inject(Fault.fromServer('Z', new Action.Corrupt(ByteString.copyOf(Wire.bytes("7FFFFFFF"))))
                .at(1));
        server.getOutputStream().write(join(READY, READY));

        expect(client, join(Wire.bytes("5A 7FFFFFFF 'I'"), READY));
    }

    @Test
    void aMessageIsDuplicated() throws IOException {
        startUp();
        proxy.inject(Fault.fromClient('S', new Action.Duplicate()));
        client.getOutputStream().write(join(QUERY, SYNC, QUERY));

        expect(server, join(QUERY, SYNC, SYNC, QUERY));
    }

    @Test
    void aFaultHitsAStartupPacketAndHappensOnce() throws IOException {
        proxy.inject(Fault.fromClient(Fault.STARTUP, new Action.Cut()).at(4));
        client.getOutputStream().write(STARTUP);
        expect(server, Arrays.copyOf(STARTUP, 4));
        expectEnd(server);

        try (Socket again = connectByProxy();
                Socket accepted = listening.accept()) {
            again.getOutputStream().write(STARTUP);
            expect(accepted, STARTUP);
        }
    }

    @Test
    void theAnswerToARequestForEncryptionIsNoMessage() throws IOException {
        client.getOutputStream().write(SSL_REQUEST);
        expect(server, SSL_REQUEST);
        server.getOutputStream().write('N');
        expect(client, new byte[] {'N'});
        startUp();
        proxy.inject(Fault.fromServer('Z', new Action.Cut()));
        server.getOutputStream().write(READY);
        expectEnd(client);
    }

    @Test
    void whatIsEncryptedPassesAsItIs() throws IOException {
        client.getOutputStream().write(SSL_REQUEST);
        expect(server, SSL_REQUEST);
        server.getOutputStream().write('S');
        expect(client, new byte[] {'S'});
        proxy.inject(Fault.fromClient('Q', new Action.Cut()));
        client.getOutputStream().write(QUERY);
        expect(server, QUERY);
    }

    @Test
    void connectionsAreRefusedAndAcceptedAgain() throws IOException {
        startUp();
        proxy.refuse();
        assertThatThrownBy(this::connectByProxy).isInstanceOf(ConnectException.class);
        client.getOutputStream().write(QUERY);
        expect(server, QUERY);

        proxy.accept();

        connectByProxy().close();
    }

    @Test
    void allConnectionsAreReset() throws IOException {
        startUp();
        assertThat(proxy.connections()).isOne();
        proxy.resetAll();
        expectReset(client);
        expectReset(server);
        Eventually.isTrue("none is left", () -> proxy.connections() == 0);
    }

    private static byte[] join(byte[]... parts) {
        byte[] whole = new byte[0];
        for (byte[] part : parts) {
            int length = whole.length;
            whole = Arrays.copyOf(whole, length + part.length);
            System.arraycopy(part, 0, whole, length, part.length);
        }
        return whole;
    }

    private static void expect(Socket socket, byte[] bytes) throws IOException {
        assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
    }

    private static void expectEnd(Socket socket) throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    private static void expectReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    /// How many reads it takes to get `length` bytes.
    private static int readsUntil(Socket socket, int length) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[length];
        int reads = 0;
        for (int have = 0; have < length; reads++) {
            have += in.read(buffer, have, length - have);
        }
        return reads;
    }
}
