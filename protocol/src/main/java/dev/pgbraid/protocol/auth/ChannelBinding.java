package dev.pgbraid.protocol.auth;

import dev.pgbraid.protocol.ByteString;

/// What ties a login to the connection that it is made on, so that nobody in between can pass it on.
public sealed interface ChannelBinding {

    /// Not available: no TLS, or a certificate for which the binding is not defined.
    record None() implements ChannelBinding {}

    /// RFC 5929 §4: the hash of the certificate that the server of this connection has shown.
    record TlsServerEndPoint(ByteString certificateHash) implements ChannelBinding {
        static final String FLAG = "p=tls-server-end-point";
    }

    /// The bytes that both ends must have in common.
    default ByteString data() {
        return switch (this) {
            case None _ -> ByteString.EMPTY;
            case TlsServerEndPoint(ByteString certificateHash) -> certificateHash;
        };
    }
}
