package dev.pgbraid.proxy.login;

import dev.pgbraid.protocol.auth.ChannelBinding;
import dev.pgbraid.proxy.net.TlsPeer;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.util.Optional;

/// A client that wants to come in.
///
/// @param database where it wants to; nothing is said by it where the replication is physical
/// @param binding what a login on its connection can be bound to
/// @param certifiedName the common name in the certificate that it has shown, which was verified
public record Applicant(
        String user,
        String database,
        Replication replication,
        InetAddress address,
        boolean encrypted,
        ChannelBinding binding,
        Optional<String> certifiedName) {

    /// A client as its connection shows it.
    ///
    /// @param tls of its connection, if it has TLS
    public static Applicant of(
            String user, String database, Replication replication, InetAddress address, Optional<SslHandler> tls) {
        return new Applicant(
                user,
                database,
                replication,
                address,
                tls.isPresent(),
                tls.map(TlsPeer::bindingOfServer).orElseGet(ChannelBinding.None::new),
                tls.flatMap(TlsPeer::commonNameOf));
    }
}
