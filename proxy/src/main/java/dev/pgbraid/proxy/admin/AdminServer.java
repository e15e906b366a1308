package dev.pgbraid.proxy.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pgbraid.config.AdminConfig;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// The admin port: `/healthz` while the process works, `/readyz` while it takes new clients.
///
/// Requests are served by virtual threads, apart from the event loops.
public final class AdminServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;

    /// @param ready whether new clients are taken
    public AdminServer(AdminConfig config, BooleanSupplier ready) {
        try {
            server = HttpServer.create(new InetSocketAddress(config.host(), config.port()), 0);
        } catch (IOException unusable) {
            throw new ProxyException(
                    ErrorCode.ADDRESS_UNUSABLE,
                    "cannot listen on " + config.host() + ":" + config.port() + ": " + unusable.getMessage(),
                    "Is another process using the port? See admin.host and admin.port.");
        }
        server.setExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("admin-", 0).factory()));
        server.createContext("/", exchange -> answer(exchange, ready));
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, BooleanSupplier ready) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, METHOD_NOT_ALLOWED, "only GET");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/healthz" -> send(exchange, OK, "ok");
                case "/readyz" -> {
                    boolean takesClients = ready.getAsBoolean();
                    send(exchange, takesClients ? OK : UNAVAILABLE, takesClients ? "ready" : "draining");
                }
                default -> send(exchange, NOT_FOUND, "there are /healthz and /readyz");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
