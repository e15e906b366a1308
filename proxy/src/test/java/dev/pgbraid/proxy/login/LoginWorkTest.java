package dev.pgbraid.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.config.AuthConfig;
import dev.pgbraid.config.AuthQueryConfig;
import dev.pgbraid.config.LoginRuleConfig;
import dev.pgbraid.config.Secret;
import dev.pgbraid.config.SessionTimeoutConfig;
import dev.pgbraid.config.UserConfig;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.auth.ChannelBinding;
import dev.pgbraid.protocol.auth.ScramClient;
import dev.pgbraid.protocol.auth.ScramCredential;
import dev.pgbraid.protocol.auth.ScramMechanism;
import dev.pgbraid.protocol.auth.ScramSecret;
import dev.pgbraid.protocol.backend.AuthenticationMd5Password;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.protocol.backend.AuthenticationSaslContinue;
import dev.pgbraid.protocol.frontend.PasswordMessage;
import dev.pgbraid.protocol.frontend.SaslInitialResponse;
import dev.pgbraid.protocol.frontend.SaslResponse;
import dev.pgbraid.proxy.ProxyException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The time that a login takes does not tell who exists: who has the wrong password makes the same work as nobody.
class LoginWorkTest {
    private static final ByteString SALT = ByteString.utf8("0123456789abcdef");

    /// As long as the names of those who do not exist, so that they make the same work.
    private static final String PLAIN = "plain";

    private static final String VERIFIED = "known";
    private static final List<String> NOBODIES = List.of("nob-a", "nob-b", "nob-c", "nob-d");

    private final LoginRules noRules = new LoginRules(config(List.of()));

    private static AuthConfig config(List<LoginRuleConfig> rules) {
        String verifier = ScramSecret.derive(ByteString.utf8("secret"), SALT, ScramSecret.ITERATIONS_DEFAULT)
                .format();
        return new AuthConfig(
                List.of(
                        UserConfig.of(PLAIN, new Secret("secret")),
                        new UserConfig(
                                VERIFIED,
                                new Secret(verifier),
                                VERIFIED,
                                Optional.empty(),
                                SessionTimeoutConfig.DEFAULT)),
                rules,
                AuthQueryConfig.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource(names = {"SCRAM_SHA_256", "MD5"})
    void isTheSameForAnybody(LoginRuleConfig.Method method) {
        LoginRuleConfig rule = new LoginRuleConfig(
                "all", Optional.empty(), Optional.empty(), Optional.empty(), LoginRuleConfig.Encryption.ANY, method);
        LoginRules rules = noRules.with(config(List.of(rule)));
        try (RecordingProvider recorder = new RecordingProvider()) {
            List<String> ofPlain = work(rules, PLAIN, recorder);
            List<String> ofVerified = work(rules, VERIFIED, recorder);
            assertThat(ofPlain).isNotEmpty();
            for (String nobody : NOBODIES) {
                assertThat(work(rules, nobody, recorder)).as(nobody).isIn(ofPlain, ofVerified);
            }
        }
    }

    /// What is hashed for a login by a wrong password.
    private static List<String> work(LoginRules rules, String name, RecordingProvider recorder) {
        recorder.take();
        Applicant applicant = new Applicant(
                name,
                "shop",
                Replication.NONE,
                InetAddress.getLoopbackAddress(),
                false,
                new ChannelBinding.None(),
                Optional.empty());
        LoginMethod method = rules.method(applicant, rules.users().find(name));
        return switch (asked(method.begin())) {
            case AuthenticationMd5Password _ -> {
                refused(method, new PasswordMessage(ByteString.utf8("md5" + "0".repeat(32))));
                yield recorder.take();
            }
            case AuthenticationSasl _ -> scramWork(method, recorder);
            default -> throw new AssertionError("no question for a password");
        };
    }

    private static List<String> scramWork(LoginMethod method, RecordingProvider recorder) {
        ScramClient client = new ScramClient(
                ScramMechanism.SCRAM_SHA_256,
                new ChannelBinding.None(),
                new ScramCredential.Password(ByteString.utf8("wrong")),
                "nonce");
        SaslInitialResponse first =
                new SaslInitialResponse(ByteString.utf8("SCRAM-SHA-256"), new WireValue.Bytes(client.clientFirst()));
        Message challenge = asked(answered(method, first));
        List<String> work = new ArrayList<>(recorder.take());
        ByteString proof = client.clientFinal(((AuthenticationSaslContinue) challenge).data());
        recorder.take();
        refused(method, new SaslResponse(proof));
        work.addAll(recorder.take());
        return work;
    }

    private static Message asked(LoginMethod.Step step) {
        return ((LoginMethod.Step.Ask) step).message();
    }

    private static void refused(LoginMethod method, Message answer) {
        assertThatThrownBy(() -> answered(method, answer))
                .isInstanceOf(ProxyException.class)
                .hasMessageContaining("password authentication failed");
    }

    private static LoginMethod.Step answered(LoginMethod method, Message answer) {
        ByteBuf bytes = Unpooled.buffer();
        answer.encode(bytes);
        try (Frame frame = new Frame(bytes)) {
            return method.answered(frame);
        }
    }
}
