package dev.pgbraid.protocol.auth;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.SqlState;

/// The client's side of one SCRAM exchange (RFC 5802, RFC 7677).
///
/// Each step is taken once, in order. A server that breaks the rules, or that cannot prove that it knows the secret, is
/// a [ProtocolViolation].
public final class ScramClient {
    /// More would let a hostile server keep a processor busy for seconds.
    public static final int ITERATIONS_MAX = 1_000_000;

    private enum Step {
        FIRST,
        CHALLENGE,
        VERIFY,
        DONE
    }

    private final Gs2Header gs2Header;
    private final ScramCredential credential;
    private final String nonce;
    private final String clientFirstBare;

    private Step step = Step.FIRST;
    private ByteString serverSignature = ByteString.EMPTY;

    public ScramClient(ScramMechanism mechanism, ChannelBinding binding, ScramCredential credential, String nonce) {
        this.gs2Header = new Gs2Header(mechanism, binding);
        this.credential = credential;
        this.nonce = ScramNonce.requireLegal(nonce);
        // The user's name is left out: PostgreSQL takes it from the startup message.
        this.clientFirstBare = "n=,r=" + nonce;
    }

    public ByteString clientFirst() {
        if (step != Step.FIRST) {
            throw new IllegalStateException("the client-first-message is sent once");
        }
        step = Step.CHALLENGE;
        return ScramText.bytes(gs2Header.ofClient() + clientFirstBare);
    }

    /// The client-final-message, in answer to the server-first-message. This hashes the password, which takes a while.
    public ByteString clientFinal(ByteString serverFirst) {
        ScramText in = new ScramText("server-first-message", serverFirst);
        require(Step.CHALLENGE, in);
        in.refuseMandatoryExtension();
        String bothNonces = in.attribute('r');
        if (!bothNonces.startsWith(nonce) || bothNonces.length() == nonce.length() || !ScramNonce.isLegal(bothNonces)) {
            throw in.violation("the nonce does not continue the client's");
        }
        ByteString salt = in.base64Attribute('s');
        if (salt.isEmpty()) {
            throw in.violation("the salt is empty");
        }
        int iterations = iterations(in);
        in.skipExtensions();
        step = Step.VERIFY;

        ScramKeys keys = credential.keys(salt, iterations);
        String withoutProof = "c=" + gs2Header.proof(gs2Header.ofClient()) + ",r=" + bothNonces;
        String authMessage = clientFirstBare + "," + ScramText.latin1(serverFirst) + "," + withoutProof;
        serverSignature = Hashes.hmac(keys.serverKey(), authMessage);
        ByteString proof = Hashes.xor(keys.clientKey(), Hashes.hmac(keys.storedKey(), authMessage));
        return ScramText.bytes(withoutProof + ",p=" + ScramText.base64(proof));
    }

    /// Checks the server-final-message: returns if the server knows the secret, and throws if not.
    public void verify(ByteString serverFinal) {
        ScramText in = new ScramText("server-final-message", serverFinal);
        require(Step.VERIFY, in);
        step = Step.DONE;
        if (in.startsWith("e=")) {
            throw in.violation(SqlState.INVALID_PASSWORD, "the server refuses: " + in.attribute('e'));
        }
        ByteString signature = in.base64Attribute('v');
        in.skipExtensions();
        if (!Hashes.isEqual(signature, serverSignature)) {
            throw in.violation(
                    SqlState.INVALID_AUTHORIZATION_SPECIFICATION, "the server cannot prove that it knows the secret");
        }
    }

    private static int iterations(ScramText in) {
        String value = in.attribute('i');
        if (!value.matches("[1-9][0-9]{0,9}")) {
            throw in.violation("the number of iterations is malformed");
        }
        long iterations = Long.parseLong(value);
        if (iterations > ITERATIONS_MAX) {
            throw in.violation(iterations + " iterations exceed the limit, " + ITERATIONS_MAX);
        }
        return (int) iterations;
    }

    private void require(Step wanted, ScramText in) {
        if (step != wanted) {
            throw in.violation("it comes out of order");
        }
    }
}
