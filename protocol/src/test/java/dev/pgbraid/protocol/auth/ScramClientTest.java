package dev.pgbraid.protocol.auth;

import static dev.pgbraid.protocol.ByteString.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.SqlState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The expected messages were computed by another implementation, with the salt and the nonces of RFC 7677.
class ScramClientTest {
    private static final ChannelBinding NONE = new ChannelBinding.None();
    private static final ChannelBinding TLS = new ChannelBinding.TlsServerEndPoint(utf8("certificate hash"));
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String NONCES = NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SERVER_FIRST = "r=" + NONCES + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private static final String FINAL_UNBOUND =
            "c=biws,r=" + NONCES + ",p=qvT2SWdEH5Q06albL+hjSYuUhCG7VndFyzIb7CK4n9k=";
    private static final String VERIFIER_UNBOUND = "v=3HO6Qt1M4MKJrmlKaoOqLAI0/0TV0HZe7J9H3MBtSOg=";
    private static final String FINAL_NOT_OFFERED =
            "c=eSws,r=" + NONCES + ",p=VpuC5DGQa5ro9tXE9MnKs69NH1nxnuregZZcclqIGfM=";
    private static final String FINAL_BOUND = "c=cD10bHMtc2VydmVyLWVuZC1wb2ludCwsY2VydGlmaWNhdGUgaGFzaA==,r=" + NONCES
            + ",p=saFJGL0P+BdXDRlspaJkQlg7DltonnbQAiHTrOb9g84=";
    private static final String VERIFIER_BOUND = "v=UdUio77pYYM9N41QTxSKd51pG/Lolniw1PL+fQvAk48=";

    private final ScramClient client = client(ScramMechanism.SCRAM_SHA_256, NONE);

    private static ScramClient client(ScramMechanism mechanism, ChannelBinding binding) {
        return new ScramClient(mechanism, binding, new ScramCredential.Password(utf8("pencil")), NONCE);
    }

    @Test
    void logsInByPassword() {
        assertThat(client.clientFirst()).hasToString("n,,n=,r=" + NONCE);
        assertThat(client.clientFinal(utf8(SERVER_FIRST))).hasToString(FINAL_UNBOUND);
        assertThatCode(() -> client.verify(utf8(VERIFIER_UNBOUND))).doesNotThrowAnyException();
    }

    @Test
    void saysThatItCouldHaveBound() {
        ScramClient overTls = client(ScramMechanism.SCRAM_SHA_256, TLS);

        assertThat(overTls.clientFirst()).hasToString("y,,n=,r=" + NONCE);
        assertThat(overTls.clientFinal(utf8(SERVER_FIRST))).hasToString(FINAL_NOT_OFFERED);
    }

    @Test
    void bindsToTheChannel() {
        ScramClient plus = client(ScramMechanism.SCRAM_SHA_256_PLUS, TLS);

        assertThat(plus.clientFirst()).hasToString("p=tls-server-end-point,,n=,r=" + NONCE);
        assertThat(plus.clientFinal(utf8(SERVER_FIRST))).hasToString(FINAL_BOUND);
        assertThatCode(() -> plus.verify(utf8(VERIFIER_BOUND))).doesNotThrowAnyException();
    }

    @Test
    void aServerThatDoesNotKnowTheSecretIsFoundOut() {
        client.clientFirst();
        client.clientFinal(utf8(SERVER_FIRST));

        assertThatThrownBy(() -> client.verify(utf8(VERIFIER_BOUND)))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.sqlState())
                                .isEqualTo(SqlState.INVALID_AUTHORIZATION_SPECIFICATION))
                .hasMessage("SCRAM server-final-message: the server cannot prove that it knows the secret");
    }

    @Test
    void aServerThatRefusesIsQuoted() {
        client.clientFirst();
        client.clientFinal(utf8(SERVER_FIRST));

        assertThatThrownBy(() -> client.verify(utf8("e=invalid-proof")))
                .hasMessage("SCRAM server-final-message: the server refuses: invalid-proof");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r=@,s=AAAA,i=4096        | the nonce does not continue the client's",
                "r=x@x,s=AAAA,i=4096      | the nonce does not continue the client's",
                "r=@\u0007,s=AAAA,i=4096  | the nonce does not continue the client's",
                "m=x,r=@x,s=AAAA,i=4096   | an extension that is not supported is required",
                "r=@x,s=,i=4096           | the salt is empty",
                "r=@x,s=A,i=4096          | attribute s is not base64",
                "r=@x,s=AAAA              | it ends too early",
                "r=@x,s=AAAA,i=0          | the number of iterations is malformed",
                "r=@x,s=AAAA,i=-1         | the number of iterations is malformed",
                "r=@x,s=AAAA,i=99999999999 | the number of iterations is malformed",
                "r=@x,s=AAAA,i=2147483648 | 2147483648 iterations exceed the limit, 1000000",
                "r=@x,s=AAAA,i=1,x        | an extension is not of the form x=value",
            })
    void aChallengeThatIsMalformedIsAViolation(String message, String problem) {
        client.clientFirst();

        assertThatThrownBy(() -> client.clientFinal(utf8(message.replace("@", NONCE))))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("SCRAM server-first-message: " + problem);
    }

    @Test
    void stepsComeOnceAndInOrder() {
        assertThatThrownBy(() -> client.clientFinal(utf8(SERVER_FIRST))).hasMessageEndingWith("it comes out of order");
        client.clientFirst();
        assertThatThrownBy(() -> client.verify(utf8(VERIFIER_UNBOUND))).hasMessageEndingWith("it comes out of order");
        client.clientFinal(utf8(SERVER_FIRST));
        assertThatThrownBy(() -> client.clientFinal(utf8(SERVER_FIRST))).hasMessageEndingWith("it comes out of order");
        client.verify(utf8(VERIFIER_UNBOUND));
        assertThatThrownBy(() -> client.verify(utf8(VERIFIER_UNBOUND))).hasMessageEndingWith("it comes out of order");
        assertThatThrownBy(client::clientFirst).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theBestMechanismThatBothHaveIsChosen() {
        List<ByteString> both = List.of(utf8("SCRAM-SHA-256"), utf8("SCRAM-SHA-256-PLUS"));

        assertThat(ScramMechanism.choose(both, TLS)).contains(ScramMechanism.SCRAM_SHA_256_PLUS);
        assertThat(ScramMechanism.choose(both, NONE)).contains(ScramMechanism.SCRAM_SHA_256);
        assertThat(ScramMechanism.choose(List.of(utf8("SCRAM-SHA-256-PLUS")), NONE))
                .isEmpty();
        assertThat(ScramMechanism.choose(List.of(utf8("OAUTHBEARER")), TLS)).isEmpty();
        assertThat(ScramMechanism.offer(TLS)).containsExactly(utf8("SCRAM-SHA-256-PLUS"), utf8("SCRAM-SHA-256"));
        assertThat(ScramMechanism.offer(NONE)).containsExactly(utf8("SCRAM-SHA-256"));
    }
}
