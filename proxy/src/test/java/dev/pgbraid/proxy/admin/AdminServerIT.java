package dev.pgbraid.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.ProxyServer;
import dev.pgbraid.proxy.control.json.Json;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdminServerIT {
    private final Endpoint shard = PostgresCluster.shared().freshDatabase();

    private ProxyFixture.Setup setup() {
        return ProxyFixture.before(shard).set("admin.enabled", true).set("admin.port", 0);
    }

    @Test
    void isHealthyAndReady() {
        try (ProxyFixture proxy = setup().start()) {
            assertThat(AdminPort.of(proxy).get("/healthz").body()).isEqualTo("ok\n");
            HttpResponse<String> ready = AdminPort.of(proxy).get("/readyz");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).isEqualTo("ready\n");
        }
    }

    @Test
    void namesWhatIsMissing() {
        try (ProxyFixture proxy = setup().setShard("port", 1).withoutPoolCheck().start()) {
            assertThatThrownBy(proxy::login).isInstanceOf(RuntimeException.class);
            HttpResponse<String> answer = AdminPort.of(proxy).get("/readyz");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("missing: database " + shard.database() + ": one: ");
        }
    }

    @Test
    void saysWhatThereIs() {
        try (ProxyFixture proxy = setup().start()) {
            HttpResponse<String> answer = AdminPort.of(proxy).get("/nothing");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("/healthz", "/readyz", "/metrics", "/stats");
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProxyConfig config = setup().set("admin.port", taken.getLocalPort()).config();
            assertThatThrownBy(() -> ProxyServer.start(config))
                    .isInstanceOf(ProxyException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void tellsStatisticsAsJson() {
        try (ProxyFixture proxy = setup().start();
                WireClient client = proxy.login()) {
            client.column("SELECT 1");
            Json.Members all =
                    Json.read(AdminPort.of(proxy).get("/stats").body().strip()).object();
            Json.Members database =
                    all.get("databases").object().get(shard.database()).object();
            assertThat(database.get("logins").number()).isEqualTo(1);
            assertThat(database.get("clients").object().get("idle").number()).isEqualTo(1);
            Json.Members plan =
                    database.get("plans").object().get("single-shard").object();
            assertThat(plan.get("statements").number()).isEqualTo(1);
            Json.Members one = database.get("shards").object().get("one").object();
            assertThat(one.get("rows").number()).isEqualTo(1);
        }
    }

    /// As many as say nothing more than the first word do not keep others out.
    @Test
    void slowClientsHurtNobody() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try (ProxyFixture proxy = setup().start()) {
            AdminPort admin = AdminPort.of(proxy);
            for (int i = 0; i < 50; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), admin.port());
                socket.getOutputStream().write("GET /metrics HT".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            assertThat(admin.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(admin.get("/metrics").body()).contains("pgbraid_build");
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void isHealthyButNotReadyWhileItDrains() throws InterruptedException {
        try (ProxyFixture proxy = setup().withoutPoolCheck().start();
                WireClient client = proxy.login()) {
            client.column("BEGIN; SELECT 1");
            AdminPort admin = AdminPort.of(proxy);
            Thread draining = Thread.ofVirtual().start(() -> proxy.server().drain(() -> false));
            Eventually.isTrue("it is not ready", () -> admin.get("/readyz").statusCode() == 503);
            assertThat(admin.get("/healthz").statusCode()).isEqualTo(200);
            client.send(new Query(ByteString.utf8("COMMIT")));
            draining.join();
        }
    }
}
