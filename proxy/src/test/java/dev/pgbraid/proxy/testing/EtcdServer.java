package dev.pgbraid.proxy.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A server of etcd with data of its own, from the path of programs or from the package manager.
public final class EtcdServer implements AutoCloseable {
    private static final Path UNPACKED = Path.of("target", "etcd");

    private final Process process;
    private final int port;

    private EtcdServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Returns when it accepts connections.
    public static EtcdServer start() {
        try {
            int port = freePort();
            Path data = Files.createTempDirectory("etcd");
            String address = "http://127.0.0.1:" + port;
            String peers = "http://127.0.0.1:" + freePort();
            Process process = new ProcessBuilder(List.of(
                            program().toString(),
                            "--data-dir",
                            data.toString(),
                            "--listen-client-urls",
                            address,
                            "--advertise-client-urls",
                            address,
                            "--listen-peer-urls",
                            peers,
                            "--initial-advertise-peer-urls",
                            peers,
                            "--initial-cluster",
                            "default=" + peers))
                    .redirectErrorStream(true)
                    .redirectOutput(data.resolve("log").toFile())
                    .start();
            EtcdServer server = new EtcdServer(process, port);
            Eventually.isTrue("etcd accepts connections", server::accepts);
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path program() throws IOException {
        Optional<Path> installed = Stream.of("/usr/bin/etcd", "/usr/local/bin/etcd")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        Path unpacked = UNPACKED.resolve("usr/bin/etcd");
        if (installed.isEmpty() && !Files.isExecutable(unpacked)) {
            Files.createDirectories(UNPACKED);
            run("apt-get download etcd-server && dpkg-deb -x etcd-server_*.deb .");
        }
        return installed.orElse(unpacked);
    }

    private static void run(String command) throws IOException {
        Path log = Files.createTempFile("unpack", ".log");
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(UNPACKED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException("etcd is neither installed nor to be had: " + Files.readString(log));
            }
        } catch (InterruptedException hurried) {
            throw new IllegalStateException(hurried);
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException hurried) {
            throw new IllegalStateException(hurried);
        }
    }
}
