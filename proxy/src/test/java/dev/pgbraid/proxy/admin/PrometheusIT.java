package dev.pgbraid.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.ServerError;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes with the proxy for Prometheus and Grafana. Where there is a Prometheus, it is asked too.
class PrometheusIT {
    private static final Path ALERTS = Path.of("../deploy/prometheus/alerts.yml");
    private static final Path DASHBOARD = Path.of("../deploy/grafana/pgbraid.json");
    private static final Pattern METRIC = Pattern.compile("\\b(?:pgbraid|jvm|process)_[a-z0-9_]+");

    private final Endpoint home = PostgresCluster.shared().freshDatabase();
    private final Endpoint other = PostgresCluster.shared().freshDatabase();

    private ProxyFixture start() {
        String database = "databases." + home.database();
        return ProxyFixture.before(home)
                .set("admin.enabled", true)
                .set("admin.port", 0)
                .set(database + ".shards.two.host", other.host())
                .set(database + ".shards.two.port", other.port())
                .set(database + ".shards.two.database", other.database())
                .set(database + ".control.user", home.user())
                .set(database + ".control.password", home.password())
                .start();
    }

    private static void causeErrors(WireClient client) {
        assertThatThrownBy(() -> client.column("SELECT 1 / 0")).isInstanceOf(ServerError.class);
        assertThatThrownBy(() -> client.column("/* pgbraid: shard=nowhere */ SELECT 1"))
                .isInstanceOf(ServerError.class);
    }

    @Test
    void everyMetricThatIsNamedIsThere() throws IOException {
        try (ProxyFixture proxy = start();
                WireClient client = proxy.login()) {
            causeErrors(client);
            Set<String> scraped = new TreeSet<>();
            AdminPort.of(proxy).scrape().keySet().forEach(series -> scraped.add(series.replaceFirst("\\{.*", "")));
            for (Path file : List.of(ALERTS, DASHBOARD)) {
                Set<String> named = new TreeSet<>();
                METRIC.matcher(Files.readString(file)).results().forEach(match -> named.add(match.group()));
                assertThat(named).hasSizeGreaterThan(5);
                assertThat(scraped).as(file.toString()).containsAll(named);
            }
        }
    }

    @Test
    void rulesAndMetricsPleasePromtool(@TempDir Path directory) throws IOException, InterruptedException {
        try (ProxyFixture proxy = start();
                WireClient client = proxy.login()) {
            causeErrors(client);
            Path scrape = directory.resolve("metrics");
            Files.write(
                    scrape,
                    AdminPort.of(proxy)
                            .get("/metrics")
                            .body()
                            .lines()
                            .filter(PrometheusIT::isOwn)
                            .toList());
            Optional<Path> promtool = find("promtool");
            if (promtool.isPresent()) {
                run(new ProcessBuilder(promtool.get().toString(), "check", "rules", ALERTS.toString()));
                run(new ProcessBuilder(promtool.get().toString(), "check", "metrics").redirectInput(scrape.toFile()));
            }
        }
    }

    /// Those of the JVM are named as Micrometer does, which promtool would not.
    private static boolean isOwn(String line) {
        return line.contains("pgbraid_");
    }

    private static void run(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void prometheusScrapesIt(@TempDir Path directory) throws IOException, InterruptedException {
        Optional<Path> program = find("prometheus");
        try (ProxyFixture proxy = start();
                WireClient client = proxy.login()) {
            causeErrors(client);
            if (program.isPresent()) {
                scrapeBy(program.get(), directory, AdminPort.of(proxy).port());
            }
        }
    }

    private static void scrapeBy(Path program, Path directory, int target) throws IOException, InterruptedException {
        Path config = directory.resolve("prometheus.yml");
        Files.writeString(config, """
            global: {scrape_interval: 1s}
            scrape_configs: [{job_name: pgbraid, static_configs: [{targets: ["127.0.0.1:%d"]}]}]
            """.formatted(target));
        AdminPort prometheus = new AdminPort(freePort());
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + prometheus.port())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        try {
            Eventually.isTrue("it is up", () -> answers(prometheus, "up") && isScraped(prometheus));
            assertThat(prometheus
                            .get("/api/v1/query?query=sum(pgbraid_logins_total)")
                            .body())
                    .contains("\"1\"");
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static boolean answers(AdminPort prometheus, String query) {
        try {
            return prometheus.get("/api/v1/query?query=" + query).statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private static boolean isScraped(AdminPort prometheus) {
        return prometheus.get("/api/v1/query?query=up==1").body().contains("\"1\"");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> find(String program) {
        return Optional.of(Path.of("/usr/bin", program)).filter(Files::isExecutable);
    }
}
