package dev.pgbraid.proxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.config.Secret;
import dev.pgbraid.config.ShardTlsConfig;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.backend.AuthenticationOk;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.protocol.backend.AuthenticationSaslContinue;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.testing.Eventually;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendLoginHandlerTest {
    private static final ShardLogin TARGET = new ShardLogin(
            "one",
            "127.0.0.1",
            1,
            "shop",
            "app",
            new ShardCredential.Password(new Secret("pencil")),
            ShardTlsConfig.DEFAULT);

    private final List<ProxyException> failures = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new BackendLoginHandler(TARGET, Map.of(), null, new ScramKeyCache(), new BackendLoginHandler.Listener() {
                @Override
                public void loggedIn(BackendLoginHandler.Result result) {
                    throw new AssertionError("logged in");
                }

                @Override
                public void failed(ProxyException reason) {
                    failures.add(reason);
                }
            }));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    /// Challenges the login, which takes a good while to answer.
    private void challenge() {
        receive(new AuthenticationSasl(List.of(ByteString.utf8("SCRAM-SHA-256"))));
        skipOutbound();
        String clientFirst = skipOutbound();
        String nonce = clientFirst.substring(clientFirst.indexOf("r=") + 2);
        receive(new AuthenticationSaslContinue(ByteString.utf8("r=" + nonce + "more,s=AAAA,i=1000000")));
    }

    private void receive(Message message) {
        ByteBuf bytes = channel.alloc().buffer();
        message.encode(bytes);
        channel.writeInbound(bytes);
    }

    private String skipOutbound() {
        ByteBuf sent = channel.readOutbound();
        String text = sent.toString(StandardCharsets.ISO_8859_1);
        sent.release();
        return text;
    }

    @Test
    void passwordsAreHashedOffTheEventLoop() {
        challenge();
        assertThat(channel.outboundMessages()).as("the loop goes on meanwhile").isEmpty();
        Eventually.isTrue("the challenge is answered", () -> {
            channel.runPendingTasks();
            return !channel.outboundMessages().isEmpty();
        });
        assertThat(skipOutbound()).contains(",p=");
    }

    @Test
    void aServerThatDoesNotAwaitTheAnswerIsRefused() {
        challenge();
        receive(new AuthenticationOk());
        assertThat(failures)
                .singleElement()
                .asString()
                .contains("one: ")
                .contains("AuthenticationOk before the answer");
    }

    @Test
    void aServerThatIsStartingOrStoppingIsAwayAndRefusesNobody() {
        refuse(SqlState.CANNOT_CONNECT_NOW);
        assertThat(failures).singleElement().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(ErrorCode.SHARD_UNREACHABLE);
            assertThat(reason).hasMessageContaining("one: ").hasMessageContaining("57P03");
        });
    }

    @Test
    void aServerWithoutRoomIsNotAskedForABetterPassword() {
        refuse(SqlState.TOO_MANY_CONNECTIONS);
        assertThat(failures).singleElement().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(ErrorCode.SHARD_REFUSES_LOGIN);
            assertThat(reason.hint()).contains("max_connections");
        });
    }

    private void refuse(SqlState state) {
        receive(new ErrorResponse(ErrorFields.error(Severity.FATAL, state, "not now")));
    }
}
