package dev.pgbraid.loadtest.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.loadtest.wire.Endpoint;
import dev.pgbraid.loadtest.wire.Login;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
    private static final Endpoint ENDPOINT = new Endpoint("127.0.0.1", 6432, "shop", Login.of("user", "secret"));

    @Test
    void asksForSoManySeconds() {
        LoadGenerator pgbench = LoadGenerator.pgbench(Path.of("/usr/bin/pgbench"));

        assertThat(pgbench.command(ENDPOINT, Load.seconds(Mode.PREPARED, 16, 3)))
                .containsExactly(
                        "/usr/bin/pgbench",
                        "-n",
                        "-S",
                        "-j",
                        "1",
                        "-M",
                        "prepared",
                        "-c",
                        "16",
                        "-T",
                        "3",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        "6432",
                        "-U",
                        "user",
                        "shop");
    }

    @Test
    void asksForSoManyTransactionsOfEachClient() {
        LoadGenerator pgbench = LoadGenerator.pgbench(Path.of("pgbench"));

        assertThat(pgbench.command(ENDPOINT, Load.transactionsPerClient(Mode.SIMPLE, 1, 5)))
                .containsSequence("-t", "5")
                .doesNotContain("-T");
    }

    @Test
    void thePasswordIsNotForEveryoneToSee() {
        LoadGenerator pgbench = LoadGenerator.pgbench(Path.of("pgbench"));

        assertThat(pgbench.command(ENDPOINT, Load.seconds(Mode.SIMPLE, 1, 1)).toString() + ENDPOINT)
                .doesNotContain("secret");
    }
}
