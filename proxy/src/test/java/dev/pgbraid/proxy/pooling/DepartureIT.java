package dev.pgbraid.proxy.pooling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.CopyData;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Flush;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Terminate;
import dev.pgbraid.proxy.testing.Activity;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that leave get what they have asked for, and leave a backend behind that others can use.
class DepartureIT {
    private static final String PID = "SELECT pg_backend_pid()";

    private final Endpoint database = PostgresCluster.shared().freshDatabase();
    private final ProxyFixture proxy = ProxyFixture.before(database)
            .set("listen.threads", 1)
            .set("pools.size-max", 1)
            .set("pools.checkout-timeout", "20s")
            .start();

    @AfterEach
    void close() {
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET work_mem = '9MB'",
                "SELECT set_config('app.tenant', 'mine', false)",
                "DO $$ BEGIN SET work_mem = '9MB'; END $$",
                "BEGIN; SET work_mem = '9MB'; COMMIT",
                "SET ROLE pg_monitor; SELECT 1/0",
            })
    void whatAClientHasSetIsUndoneBehindItsGoodbye(String sql) {
        WireClient next = proxy.login();
        String backend = next.value(PID);
        WireClient patient = proxy.login();
        patient.query(sql);
        patient.send(new Terminate());
        assertThat(patient.readUntilEnd()).isEmpty();
        assertThat(next.value(PID)).isEqualTo(backend);
        WireClient hasty = proxy.login();
        hasty.send(query(sql), new Terminate(), query("nonsense"));
        hasty.readUntilReady();
        assertThat(hasty.readUntilEnd()).isEmpty();
        assertThat(next.value(PID)).isEqualTo(backend);
        WireClient rude = proxy.login();
        rude.query(sql);
        rude.close();
        assertThat(next.value(PID)).isEqualTo(backend);
        assertThat(next.value("SELECT current_setting('work_mem') || coalesce(current_setting('app.tenant', true), '')"
                        + " || current_user"))
                .isEqualTo("4MB" + database.user());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE TEMPORARY TABLE mine ()", "LISTEN news", "BEGIN", "BEGIN; SELECT 1/0"})
    void whatTiesABackendEndsItWithItsClient(String sql) {
        WireClient next = proxy.login();
        WireClient leaving = proxy.login();
        leaving.query(sql);
        leaving.send(new Terminate());
        assertThat(leaving.readUntilEnd()).isEmpty();
        assertThat(next.value("SELECT to_regclass('pg_temp.mine') IS NULL")).isEqualTo("t");
    }

    static Stream<List<FrontendMessage>> lastWords() {
        return Stream.of(
                List.of(),
                List.of(query("SELECT 1")),
                List.of(query("SET work_mem = '9MB'"), query("SHOW work_mem"), query("SELECT 1/0")),
                List.of(query("BEGIN"), query("SELECT 1/0"), query("SELECT 1")),
                List.of(parse("SELECT 1"), bind(), new Execute(ByteString.EMPTY, 0), new Sync()),
                List.of(parse("SELECT 1"), bind(), new Execute(ByteString.EMPTY, 0), new Flush()),
                List.of(parse("SELECT 1"), new Flush()),
                List.of(parse("SELECT 1/0"), bind(), new Execute(ByteString.EMPTY, 0), new Sync(), query("SELECT 1")),
                List.of(query("COPY (SELECT generate_series(1, 1000)) TO STDOUT"), query("SELECT 1")));
    }

    @ParameterizedTest
    @MethodSource("lastWords")
    void whoSendsNoMoreIsAnsweredAsByAServer(List<FrontendMessage> messages) {
        try (WireClient direct = WireClient.login(database)) {
            assertThat(answers(proxy.login(), messages)).isEqualTo(answers(direct, messages));
        }
        assertThat(proxy.login().value("SHOW work_mem")).isEqualTo("4MB");
    }

    private static List<BackendMessage> answers(WireClient client, List<FrontendMessage> messages) {
        client.send(messages.toArray(FrontendMessage[]::new));
        client.endOutput();
        return client.readUntilEnd();
    }

    @Test
    void whoSendsNoMoreIsWaitedFor() {
        WireClient holder = proxy.login();
        WireClient waiting = proxy.login();
        holder.query("BEGIN");
        waiting.send(query("SELECT 'waited'"), query("SELECT 'twice'"));
        waiting.endOutput();
        waiting.expectSilence();
        holder.query("COMMIT");
        assertThat(Answers.column(waiting.readUntilEnd())).containsExactly("waited", "twice");
    }

    @Test
    void whoSendsNoMoreWaitsForLong() {
        WireClient waiting = proxy.login();
        waiting.send(query("SELECT pg_sleep(2)"));
        waiting.endOutput();
        assertThat(Answers.rows(waiting.readUntilReady())).hasSize(1);
        assertThat(waiting.readUntilEnd()).isEmpty();
    }

    @Test
    void aCopyThatIsNotEndedIsUndone() {
        try (Activity activity = new Activity(database)) {
            activity.direct().query("CREATE TABLE item (id int)");
            for (int i = 0; i < 2; i++) {
                WireClient client = proxy.login();
                client.query("SELECT 1");
                client.send(query("COPY item FROM STDIN"));
                client.read();
                client.send(new CopyData(ByteString.utf8("1\n")));
                if (i == 0) {
                    client.endOutput();
                } else {
                    client.send(new Terminate());
                }
                client.readUntilEnd();
                activity.await(0, "state <> 'idle'");
            }
            assertThat(proxy.login().value("SELECT count(*) FROM item")).isEqualTo("0");
        }
    }

    private static Query query(String sql) {
        return new Query(ByteString.utf8(sql));
    }

    private static Parse parse(String sql) {
        return new Parse(ByteString.EMPTY, ByteString.utf8(sql), List.of());
    }

    private static Bind bind() {
        return new Bind(ByteString.EMPTY, ByteString.EMPTY, List.of(), List.of(), List.of());
    }
}
