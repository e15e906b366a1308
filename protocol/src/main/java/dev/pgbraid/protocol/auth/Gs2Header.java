package dev.pgbraid.protocol.auth;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.SqlState;

/// The rules for channel binding in one exchange: what the first bytes of it say and what they are held against.
record Gs2Header(ScramMechanism mechanism, ChannelBinding binding) {

    Gs2Header {
        if (mechanism == ScramMechanism.SCRAM_SHA_256_PLUS && binding instanceof ChannelBinding.None) {
            throw new IllegalArgumentException("SCRAM-SHA-256-PLUS needs a channel binding");
        }
    }

    /// What a client begins with. It names no authorization identity: PostgreSQL has none.
    String ofClient() {
        return switch (mechanism) {
            case SCRAM_SHA_256_PLUS -> ChannelBinding.TlsServerEndPoint.FLAG + ",,";
            // `y`: could have used it, but the server did not offer it.
            case SCRAM_SHA_256 -> binding instanceof ChannelBinding.None ? "n,," : "y,,";
        };
    }

    /// Reads what a client began with and returns it.
    String read(ScramText in) {
        check(in, in.field());
        if (!in.field().isEmpty()) {
            throw in.violation(SqlState.FEATURE_NOT_SUPPORTED, "an authorization identity is not supported");
        }
        return in.upToHere();
    }

    private void check(ScramText in, String flag) {
        boolean plus = mechanism == ScramMechanism.SCRAM_SHA_256_PLUS;
        if (!flag.equals("n") && !flag.equals("y") && !flag.equals(ChannelBinding.TlsServerEndPoint.FLAG)) {
            throw in.violation("the channel binding flag or type is unknown");
        }
        if (plus != flag.equals(ChannelBinding.TlsServerEndPoint.FLAG)) {
            throw in.violation("the mechanism is " + mechanism.wireName() + ", and channel binding is "
                    + (plus ? "not " : "") + "used");
        }
        // The client was offered channel binding and has not seen it: someone between the two has cut the offer.
        if (flag.equals("y") && !(binding instanceof ChannelBinding.None)) {
            throw in.violation(
                    SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                    "the client supports channel binding and thinks that the server does not");
        }
    }

    /// The value of attribute `c`, which repeats the header and proves the binding.
    String proof(String header) {
        ByteString data = switch (mechanism) {
            case SCRAM_SHA_256_PLUS -> binding.data();
            case SCRAM_SHA_256 -> ByteString.EMPTY;
        };
        return ScramText.base64(ScramText.bytes(header + ScramText.latin1(data)));
    }
}
