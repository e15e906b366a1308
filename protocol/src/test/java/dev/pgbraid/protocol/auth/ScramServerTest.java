package dev.pgbraid.protocol.auth;

import static dev.pgbraid.protocol.ByteString.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.SqlState;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScramServerTest {
    private static final ChannelBinding NONE = new ChannelBinding.None();
    private static final ChannelBinding TLS = new ChannelBinding.TlsServerEndPoint(utf8("hash"));
    private static final ByteString SALT = ByteString.copyOf(Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="));
    private static final ScramSecret SECRET = ScramSecret.derive(utf8("pencil"), SALT, 4096);
    private static final String NONCES = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String CLIENT_FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String CLIENT_FINAL = "c=biws,r=" + NONCES + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    private final ScramServer server = server(ScramMechanism.SCRAM_SHA_256, NONE);

    private static ScramServer server(ScramMechanism mechanism, ChannelBinding binding) {
        return new ScramServer(mechanism, binding, SECRET, "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
    }

    @Test
    void takesTheExampleOfRfc7677() {
        assertThat(server.challenge(utf8(CLIENT_FIRST)))
                .hasToString("r=" + NONCES + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");

        assertThat(server.finish(utf8(CLIENT_FINAL)))
                .isInstanceOfSatisfying(ScramServer.Outcome.Accepted.class, accepted -> {
                    assertThat(accepted.serverFinal()).hasToString("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
                    assertThat(accepted.clientKey())
                            .isEqualTo(
                                    ScramKeys.derive(utf8("pencil"), SALT, 4096).clientKey());
                    assertThat(accepted).hasToString("Accepted[***]");
                });
    }

    @Test
    void aWrongProofIsRejected() {
        server.challenge(utf8(CLIENT_FIRST));

        String wrong = "c=biws,r=" + NONCES + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVA=";
        assertThat(server.finish(utf8(wrong))).isEqualTo(new ScramServer.Outcome.Rejected());
    }

    @Test
    void noPasswordFitsAMock() {
        ScramSecret mock = ScramSecret.mock(utf8("key"), utf8("nobody"), 4096);
        ScramServer unknown = new ScramServer(ScramMechanism.SCRAM_SHA_256, NONE, mock, "server");
        ScramClient client = new ScramClient(
                ScramMechanism.SCRAM_SHA_256, NONE, new ScramCredential.Password(utf8("pencil")), "client");

        ByteString challenge = unknown.challenge(client.clientFirst());

        assertThat(unknown.finish(client.clientFinal(challenge))).isEqualTo(new ScramServer.Outcome.Rejected());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "",
            value = {
                "n               | attribute | it ends too early",
                "n,,             | attribute | attribute n is missing",
                "x,,n=,r=abc     | flag      | the channel binding flag or type is unknown",
                "p=tls-unique,,n=,r=abc | type | the channel binding flag or type is unknown",
                "p=tls-server-end-point,,n=,r=a | bound | the mechanism is SCRAM-SHA-256, and channel binding is"
                        + " used",
                "n,a=me,n=,r=abc | identity  | an authorization identity is not supported",
                "n,,m=x,n=,r=abc | mandatory | an extension that is not supported is required",
                "n,,n=,r=        | nonce     | the nonce is not printable",
                "n,,n=,r=\u0007a | nonce     | the nonce is not printable",
                "n,,n=           | nonce     | it ends too early",
                "n,,n=,r=abc,    | extension | an extension is not of the form x=value",
                "n,,n=,r=abc,x   | extension | an extension is not of the form x=value",
            })
    void aFirstMessageThatIsMalformedIsAViolation(String message, String what, String problem) {
        assertThatThrownBy(() -> server.challenge(utf8(message)))
                .as(what)
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("SCRAM client-first-message: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c=biwt,r=@,p=AAAA     | the channel binding does not match",
                "c=biws,r=@x,p=AAAA    | the nonce does not match",
                "c=biws,r=x,p=AAAA     | the nonce does not match",
                "r=@,p=AAAA            | attribute c is missing",
                "c=biws,r=@            | it ends too early",
                "c=biws,r=@,p=AAAA     | the proof is malformed",
                "c=biws,r=@,p=!        | attribute p is not base64",
                "c=biws,r=@,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVR= | attribute p is not base64",
                "c=biws,r=@,x,p=AAAA   | an extension is not of the form x=value",
                "c=biws,r=@,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=,x=1 | the proof is malformed",
            })
    void aFinalMessageThatIsMalformedIsAViolation(String message, String problem) {
        server.challenge(utf8(CLIENT_FIRST));

        assertThatThrownBy(() -> server.finish(utf8(message.replace("@", NONCES))))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("SCRAM client-final-message: " + problem);
    }

    @Test
    void extensionsThatAreOptionalAreIgnoredButSigned() {
        server.challenge(utf8("n,,n=user,r=rOprNGfwEbeRWgbNEkqO,x=1"));

        assertThat(server.finish(utf8(CLIENT_FINAL.replace(",p=", ",y=2,p="))))
                .isEqualTo(new ScramServer.Outcome.Rejected());
    }

    @Test
    void stepsComeOnceAndInOrder() {
        assertThatThrownBy(() -> server.finish(utf8(CLIENT_FINAL))).hasMessageEndingWith("it comes out of order");
        server.challenge(utf8(CLIENT_FIRST));
        assertThatThrownBy(() -> server.challenge(utf8(CLIENT_FIRST))).hasMessageEndingWith("it comes out of order");
        server.finish(utf8(CLIENT_FINAL));
        assertThatThrownBy(() -> server.finish(utf8(CLIENT_FINAL))).hasMessageEndingWith("it comes out of order");
    }

    @Test
    void aClientThatWasShownNoChannelBindingWasLiedTo() {
        ScramServer overTls = server(ScramMechanism.SCRAM_SHA_256, TLS);

        assertThatThrownBy(() -> overTls.challenge(utf8("y,,n=,r=abc")))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.sqlState())
                                .isEqualTo(SqlState.INVALID_AUTHORIZATION_SPECIFICATION));
    }

    @Test
    void aClientThatCouldBindIsAcceptedWhereTheServerCannot() {
        assertThat(server.challenge(utf8("y,,n=,r=abc")).toString()).startsWith("r=abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n,,n=,r=abc", "y,,n=,r=abc"})
    void plusMustBeBound(String message) {
        ScramServer plus = server(ScramMechanism.SCRAM_SHA_256_PLUS, TLS);

        assertThatThrownBy(() -> plus.challenge(utf8(message)))
                .hasMessageEndingWith("the mechanism is SCRAM-SHA-256-PLUS, and channel binding is not used");
        assertThatThrownBy(() -> server(ScramMechanism.SCRAM_SHA_256_PLUS, NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
