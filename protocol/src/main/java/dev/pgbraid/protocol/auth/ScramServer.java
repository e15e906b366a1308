package dev.pgbraid.protocol.auth;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ProtocolViolation;

/// The server's side of one SCRAM exchange (RFC 5802, RFC 7677).
///
/// Each step is taken once, in order. A client that breaks the rules is a [ProtocolViolation]; one that follows them
/// with the wrong password is [Outcome.Rejected].
public final class ScramServer {

    /// How an exchange ends.
    public sealed interface Outcome {

        /// The client knows the password.
        ///
        /// @param serverFinal the server's proof, for the client to check
        /// @param clientKey what the client's proof revealed: it logs in wherever the same secret is stored
        record Accepted(ByteString serverFinal, ByteString clientKey) implements Outcome {

            /// Hides the key.
            @Override
            public String toString() {
                return "Accepted[***]";
            }
        }

        /// The client does not know the password, or there is none that fits.
        record Rejected() implements Outcome {}
    }

    private enum Step {
        FIRST,
        FINAL,
        DONE
    }

    private final Gs2Header gs2Header;
    private final ScramSecret secret;
    private final String serverNonce;

    private Step step = Step.FIRST;
    private String bindingProof = "";
    private String nonce = "";
    private String messagesSoFar = "";

    /// @param mechanism the one that the client chose
    /// @param binding that of the connection, whether or not the client chose to use it
    public ScramServer(ScramMechanism mechanism, ChannelBinding binding, ScramSecret secret, String serverNonce) {
        gs2Header = new Gs2Header(mechanism, binding);
        this.secret = secret;
        this.serverNonce = ScramNonce.requireLegal(serverNonce);
    }

    /// The server-first-message, in answer to the client-first-message.
    public ByteString challenge(ByteString clientFirst) {
        ScramText in = new ScramText("client-first-message", clientFirst);
        require(Step.FIRST, in);
        String header = gs2Header.read(in);
        String bare = in.fromHere();
        in.refuseMandatoryExtension();
        // PostgreSQL takes the user of the startup message, and its clients leave this one empty.
        in.attribute('n');
        String clientNonce = in.attribute('r');
        if (!ScramNonce.isLegal(clientNonce)) {
            throw in.violation("the nonce is not printable");
        }
        in.skipExtensions();

        nonce = clientNonce + serverNonce;
        bindingProof = gs2Header.proof(header);
        String serverFirst = "r=" + nonce + ",s=" + ScramText.base64(secret.salt()) + ",i=" + secret.iterations();
        messagesSoFar = bare + "," + serverFirst;
        step = Step.FINAL;
        return ScramText.bytes(serverFirst);
    }

    /// Checks the client-final-message.
    public Outcome finish(ByteString clientFinal) {
        ScramText in = new ScramText("client-final-message", clientFinal);
        require(Step.FINAL, in);
        if (!in.attribute('c').equals(bindingProof)) {
            throw in.violation("the channel binding does not match");
        }
        if (!Hashes.isEqual(ScramText.bytes(in.attribute('r')), ScramText.bytes(nonce))) {
            throw in.violation("the nonce does not match");
        }
        while (!in.atEnd() && !in.startsWith("p=")) {
            in.skipExtension();
        }
        String withoutProof = in.upToHere();
        ByteString proof = in.base64Attribute('p');
        if (proof.length() != Hashes.LENGTH || !in.atEnd()) {
            throw in.violation("the proof is malformed");
        }
        step = Step.DONE;
        return judge(messagesSoFar + "," + withoutProof.substring(0, withoutProof.length() - 1), proof);
    }

    private Outcome judge(String authMessage, ByteString proof) {
        ByteString clientKey = Hashes.xor(proof, Hashes.hmac(secret.storedKey(), authMessage));
        if (!Hashes.isEqual(Hashes.hash(clientKey), secret.storedKey())) {
            return new Outcome.Rejected();
        }
        ByteString signature = Hashes.hmac(secret.serverKey(), authMessage);
        return new Outcome.Accepted(ScramText.bytes("v=" + ScramText.base64(signature)), clientKey);
    }

    private void require(Step wanted, ScramText in) {
        if (step != wanted) {
            throw in.violation("it comes out of order");
        }
    }
}
