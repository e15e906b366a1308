package dev.pgbraid.proxy.testing;

import dev.pgbraid.proxy.testing.Fault.Action;
import dev.pgbraid.proxy.testing.Fault.Direction;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// One connection through a [FaultProxy]: a thread for each direction.
final class FaultConnection {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int CODE_SSL = 80877103;
    private static final int CODE_GSS = 80877104;
    private static final int CODE_CANCEL = 80877102;
    private static final int TLS_HANDSHAKE = 0x16;
    /// Of a large piece the rest follows at once, or it would take minutes.
    private static final int TRICKLING_BYTES_MAX = 500;

    /// The least that a thread can wait, which is some fifty times as long.
    private static final long TRICKLE_NANOS = TimeUnit.MICROSECONDS.toNanos(1);

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server;
    private final AtomicInteger directionsLeft = new AtomicInteger(Direction.values().length);
    /// Requests for encryption that the server has yet to answer, each by one byte.
    private final AtomicInteger answersDue = new AtomicInteger();

    private volatile boolean encrypted;
    private volatile boolean loggedIn;
    private volatile boolean cut;

    FaultConnection(FaultProxy proxy, Socket client, Socket server) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void begin() {
        start(Direction.FROM_CLIENT, client, server);
        start(Direction.FROM_SERVER, server, client);
    }

    void reset() {
        reset(client);
        reset(server);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closed) {
            // It is gone, which is all that was wanted.
            return;
        }
    }

    private void start(Direction direction, Socket from, Socket to) {
        Thread.ofPlatform().daemon().name("fault-" + direction).start(() -> {
            try {
                new Pump(direction, from, to).run();
            } catch (IOException reset) {
                // What happens at one end is passed on to the other.
                reset();
            } finally {
                if (directionsLeft.decrementAndGet() == 0) {
                    reset();
                    proxy.ended(this);
                }
            }
        });
    }

    /// Passes one direction on.
    private final class Pump {
        private final Direction direction;
        private final Socket from;
        private final Socket to;
        private final DataInputStream in;
        private final OutputStream out;
        private final byte[] chunk = new byte[BUFFER_BYTES];
        private boolean startingUp;

        Pump(Direction direction, Socket from, Socket to) throws IOException {
            this.direction = direction;
            this.from = from;
            this.to = to;
            this.in = new DataInputStream(new BufferedInputStream(from.getInputStream(), BUFFER_BYTES));
            this.out = new BufferedOutputStream(to.getOutputStream(), BUFFER_BYTES);
            this.startingUp = direction == Direction.FROM_CLIENT;
        }

        void run() throws IOException {
            int first = nextByte();
            while (first >= 0 && !cut) {
                if (encrypted || (startingUp && first == TLS_HANDSHAKE)) {
                    encrypted = true;
                    write(new byte[] {(byte) first}, 0, 1);
                    pass(Long.MAX_VALUE);
                } else if (startingUp) {
                    startupPacket(first);
                } else if (direction == Direction.FROM_SERVER && answersDue.get() > 0) {
                    answer(first);
                } else {
                    message(first);
                }
                first = nextByte();
            }
            out.flush();
            if (cut) {
                drain();
            } else {
                to.shutdownOutput();
            }
        }

        private int nextByte() throws IOException {
            if (in.available() == 0) {
                out.flush();
            }
            return in.read();
        }

        private void startupPacket(int first) throws IOException {
            byte[] packet = new byte[Integer.BYTES];
            packet[0] = (byte) first;
            in.readFully(packet, 1, Integer.BYTES - 1);
            int length = ByteBuffer.wrap(packet).getInt();
            packet = Arrays.copyOf(packet, length);
            in.readFully(packet, Integer.BYTES, length - Integer.BYTES);
            switch (ByteBuffer.wrap(packet).getInt(Integer.BYTES)) {
                case CODE_SSL, CODE_GSS -> answersDue.incrementAndGet();
                case CODE_CANCEL -> {}
                default -> startingUp = false;
            }
            deliver(Fault.STARTUP, packet);
        }

        private void answer(int first) throws IOException {
            answersDue.decrementAndGet();
            encrypted = first == 'S';
            write(new byte[] {(byte) first}, 0, 1);
            out.flush();
        }

        private void message(int tag) throws IOException {
            int length = in.readInt();
            ByteBuffer header = ByteBuffer.allocate(1 + Integer.BYTES);
            header.put((byte) tag).putInt(length);
            FaultProxy.Injection injection = proxy.injection();
            if (injection.meets(direction, (char) tag)) {
                byte[] message = Arrays.copyOf(header.array(), 1 + length);
                in.readFully(message, header.position(), length - Integer.BYTES);
                happen(injection, message);
            } else {
                write(header.array(), 0, header.position());
                pass(length - Integer.BYTES);
            }
            loggedIn |= tag == 'Z' && direction == Direction.FROM_SERVER;
        }

        private void deliver(char tag, byte[] message) throws IOException {
            FaultProxy.Injection injection = proxy.injection();
            if (injection.meets(direction, tag)) {
                happen(injection, message);
            } else {
                write(message, 0, message.length);
            }
        }

        private void happen(FaultProxy.Injection injection, byte[] message) throws IOException {
            Fault fault = injection.fault();
            int offset = Math.min(fault.offset(), message.length);
            write(message, 0, offset);
            out.flush();
            injection.happens();
            switch (fault.action()) {
                case Action.Cut _ -> cut();
                case Action.Reset _ -> reset();
                case Action.Delay(var time) -> LockSupport.parkNanos(time.toNanos());
                case Action.Stall _ -> awaitRelease();
                case Action.Split _ -> {
                    writeBytewise(message, offset, message.length - offset);
                    return;
                }
                case Action.Corrupt(var bytes) ->
                    System.arraycopy(bytes.toByteArray(), 0, message, offset, bytes.length());
                case Action.Duplicate _ -> write(message, 0, message.length);
            }
            if (!cut) {
                write(message, offset, message.length - offset);
            }
        }

        private void awaitRelease() throws IOException {
            try {
                proxy.released().await();
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
        }

        /// Ends the streams to both sides without a reset, for which what they still send must be read.
        private void cut() throws IOException {
            cut = true;
            to.shutdownOutput();
            from.shutdownOutput();
        }

        private void drain() throws IOException {
            while (in.read(chunk) >= 0) {}
        }

        private void pass(long bytes) throws IOException {
            long left = bytes;
            while (left > 0) {
                if (in.available() == 0) {
                    out.flush();
                }
                int count = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (count < 0) {
                    return;
                }
                write(chunk, 0, count);
                left -= count;
            }
        }

        private void write(byte[] bytes, int index, int length) throws IOException {
            if (cut) {
                return;
            }
            if (proxy.isTrickling(loggedIn)) {
                writeBytewise(bytes, index, length);
            } else {
                out.write(bytes, index, length);
            }
        }

        private void writeBytewise(byte[] bytes, int index, int length) throws IOException {
            int alone = Math.min(length, TRICKLING_BYTES_MAX);
            for (int i = index; i < index + alone; i++) {
                out.write(bytes[i]);
                out.flush();
                // So that the other side reads it before the next one is there.
                LockSupport.parkNanos(TRICKLE_NANOS);
            }
            out.write(bytes, index + alone, length - alone);
        }
    }
}
