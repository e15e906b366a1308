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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin port: `/healthz` while the process works, `/readyz` while it can serve new clients, `/metrics` for
/// Prometheus, `/stats` for people and scripts.
///
/// Requests are served by virtual threads, apart from the event loops. An answer is made before the first byte of it is
/// sent, and a client that is slow to ask or to read is dropped.
public final class AdminServer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(AdminServer.class);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";

    private record Answer(int status, String type, String body) {}

    private final HttpServer server;
    private final ProxyView proxy;
    private final Metrics metrics;

    static {
        // The JDK's server takes its limits from nowhere else; they are those of one request, in seconds.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "30");
        System.setProperty("jdk.httpserver.maxConnections", "256");
    }

    public AdminServer(AdminConfig config, ProxyView proxy) {
        this.proxy = proxy;
        server = open(config);
        metrics = new Metrics(proxy);
        server.setExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("admin-", 0).factory()));
        server.createContext("/", this::answer);
        server.start();
    }

    private static HttpServer open(AdminConfig config) {
        try {
            return HttpServer.create(new InetSocketAddress(config.host(), config.port()), 0);
        } catch (IOException unusable) {
            throw new ProxyException(
                    ErrorCode.ADDRESS_UNUSABLE,
                    "cannot listen on " + config.host() + ":" + config.port() + ": " + unusable.getMessage(),
                    "Is another process using the port? See admin.host and admin.port.");
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        metrics.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean isRead = exchange.getRequestMethod().equals("GET")
                    || exchange.getRequestMethod().equals("HEAD");
            Answer answer = isRead
                    ? answer(exchange.getRequestURI().getPath())
                    : new Answer(METHOD_NOT_ALLOWED, TEXT, "only GET and HEAD\n");
            send(exchange, answer);
        }
    }

    private Answer answer(String path) {
        try {
            return switch (path) {
                case "/healthz" -> new Answer(OK, TEXT, "ok\n");
                case "/readyz" -> {
                    Readiness readiness = Readiness.of(proxy);
                    yield new Answer(readiness.isReady() ? OK : UNAVAILABLE, TEXT, readiness.text() + "\n");
                }
                case "/metrics" -> new Answer(OK, Metrics.TEXT_FORMAT, metrics.scrape());
                case "/stats" -> new Answer(OK, JSON, Statistics.of(proxy) + "\n");
                default -> new Answer(NOT_FOUND, TEXT, "there are /healthz, /readyz, /metrics and /stats\n");
            };
        } catch (RuntimeException problem) {
            LOGGER.atError().addKeyValue("path", path).setCause(problem).log("a request to the admin port fails");
            return new Answer(UNAVAILABLE, TEXT, problem.getMessage() + "\n");
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
        } else {
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
