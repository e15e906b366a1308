package dev.pgbraid.protocol.auth;

import static dev.pgbraid.protocol.ByteString.utf8;
import static dev.pgbraid.protocol.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.auth.ScramServer.Outcome;
import dev.pgbraid.protocol.testing.Gen;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ScramProperties {
    private static final ByteString SALT = utf8("salt");
    private static final ByteString PASSWORD = utf8("pencil");
    private static final ScramSecret SECRET = ScramSecret.derive(PASSWORD, SALT, 2);

    /// What the two ends of a connection know of it, and the mechanism that was chosen.
    private record Channel(ScramMechanism mechanism, ChannelBinding binding) {

        static Gen<Channel> gen() {
            Gen<ByteString> hash = Gen.bytes(40).map(ByteString::copyOf);
            return Gen.oneOf(List.of(
                    Gen.constant(new Channel(ScramMechanism.SCRAM_SHA_256, new ChannelBinding.None())),
                    hash.map(ChannelBinding.TlsServerEndPoint::new)
                            .map(binding -> new Channel(ScramMechanism.SCRAM_SHA_256_PLUS, binding))));
        }

        ScramServer server(ScramSecret secret) {
            return new ScramServer(mechanism, binding, secret, "server");
        }

        ScramClient client(ScramCredential credential) {
            return new ScramClient(mechanism, binding, credential, "client");
        }
    }

    private record Login(Channel channel, ByteString password) {
        static Gen<Login> gen() {
            Gen<ByteString> passwords = Gen.bytes(30).map(ByteString::copyOf);
            return Channel.gen().flatMap(channel -> passwords.map(password -> new Login(channel, password)));
        }
    }

    @Test
    void whoKnowsThePasswordGetsInAndSoDoesWhoKnowsTheKeys() {
        forAll(Login.gen(), login -> {
            ScramSecret secret = ScramSecret.derive(login.password(), SALT, 3);
            ScramCredential password = new ScramCredential.Password(login.password());

            Outcome.Accepted first = accepted(login.channel(), secret, password);
            accepted(login.channel(), secret, new ScramKeys(first.clientKey(), secret.serverKey()));
        });
    }

    private static Outcome.Accepted accepted(Channel channel, ScramSecret secret, ScramCredential credential) {
        ScramServer server = channel.server(secret);
        ScramClient client = channel.client(credential);
        Outcome outcome = server.finish(client.clientFinal(server.challenge(client.clientFirst())));
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        Outcome.Accepted accepted = (Outcome.Accepted) outcome;
        client.verify(accepted.serverFinal());
        return accepted;
    }

    @Test
    void anotherPasswordDoesNotGetIn() {
        forAll(Login.gen(), login -> {
            ScramServer server = login.channel().server(SECRET);
            ScramClient client = login.channel().client(new ScramCredential.Password(login.password()));

            assertThat(server.finish(client.clientFinal(server.challenge(client.clientFirst()))))
                    .isEqualTo(new Outcome.Rejected());
        });
    }

    /// A change to one byte of the message number `message`.
    private record Tampering(Channel channel, int message, int position, int change) {
        static Gen<Tampering> gen() {
            return Channel.gen()
                    .flatMap(channel -> choices ->
                            new Tampering(channel, choices.below(3), choices.below(100), 1 + choices.below(0xFF)));
        }

        ByteString apply(int number, ByteString text) {
            if (number != message) {
                return text;
            }
            byte[] bytes = text.toByteArray();
            bytes[position % bytes.length] ^= (byte) change;
            return ByteString.copyOf(bytes);
        }
    }

    @Test
    void whoeverChangesAMessageOnTheWayEndsTheLogin() {
        forAll(Tampering.gen(), tampering -> {
            ScramServer server = tampering.channel().server(SECRET);
            ScramClient client = tampering.channel().client(new ScramCredential.Password(PASSWORD));
            try {
                ByteString challenge = server.challenge(tampering.apply(0, client.clientFirst()));
                ByteString proof = client.clientFinal(tampering.apply(1, challenge));
                assertThat(server.finish(tampering.apply(2, proof))).isEqualTo(new Outcome.Rejected());
            } catch (ProtocolViolation refused) {
                assertThat(refused.getMessage()).startsWith("SCRAM ");
            }
        });
    }

    @Test
    void anyBytesAreAnAnswerOrAViolation() {
        forAll(messages("n,,n=,r=client"), bytes -> onlyViolations(bytes, server()::challenge));
        forAll(messages("c=biws,r=clientserver,p=" + "A".repeat(43) + "="), bytes -> {
            ScramServer server = server();
            server.challenge(utf8("n,,n=,r=client"));
            onlyViolations(bytes, server::finish);
        });
        forAll(messages("r=clientserver,s=AAAA,i=1"), bytes -> {
            ScramClient client = client();
            client.clientFirst();
            onlyViolations(bytes, client::clientFinal);
        });
        forAll(messages("v=" + "A".repeat(43) + "="), bytes -> {
            ScramClient client = client();
            client.clientFirst();
            client.clientFinal(utf8("r=clientserver,s=AAAA,i=1"));
            onlyViolations(bytes, client::verify);
        });
    }

    private static Gen<ByteString> messages(String good) {
        Gen<UnaryOperator<String>> damages = choices -> {
            int at = choices.below(good.length() + 1);
            String inserted = Gen.of(List.of("", ",", "=", ",,", "m=", "\u00FF", "\0", "x=1,"))
                    .make(choices);
            int removed = choices.below(good.length() + 1 - at);
            return text -> text.substring(0, at) + inserted + text.substring(at + removed);
        };
        Gen<ByteString> damaged = damages.map(damage -> utf8(damage.apply(good)));
        return Gen.oneOf(List.of(damaged, Gen.bytes(40).map(ByteString::copyOf)));
    }

    private static void onlyViolations(ByteString bytes, Consumer<ByteString> step) {
        try {
            step.accept(bytes);
        } catch (ProtocolViolation violation) {
            assertThat(violation.getMessage()).startsWith("SCRAM ");
        }
    }

    private static ScramServer server() {
        return new ScramServer(ScramMechanism.SCRAM_SHA_256, new ChannelBinding.None(), SECRET, "server");
    }

    private static ScramClient client() {
        ScramCredential credential = new ScramCredential.Password(PASSWORD);
        return new ScramClient(ScramMechanism.SCRAM_SHA_256, new ChannelBinding.None(), credential, "client");
    }
}
