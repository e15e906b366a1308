package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.net.TlsPeer;
import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a backend is at, at one moment.
///
/// @param lent whether a tenant has it
/// @param canceled whether a request to cancel is on its way
/// @param retired whether it ends when it comes back
/// @param tenant what names the session that has it in requests to cancel, 0 if none does
/// @param processId the server's
/// @param asked how long ago the server was asked what it has yet to answer, or gave its last answer
/// @param tls the version and the cipher, empty without TLS
public record BackendReport(
        ShardLogin login,
        boolean lent,
        boolean canceled,
        boolean retired,
        TransactionStatus status,
        int tenant,
        int processId,
        int preparedStatements,
        Instant connected,
        Duration asked,
        Optional<SocketAddress> local,
        Optional<SocketAddress> remote,
        String tls,
        long epoch) {

    static BackendReport of(Backend backend) {
        Tenant tenant = backend.tenant();
        Channel channel = backend.channel();
        return new BackendReport(
                backend.pool().target(),
                tenant != null,
                backend.isBeingCanceled(),
                backend.isRetired(),
                backend.status(),
                tenant == null ? 0 : tenant.processId(),
                backend.key().processId(),
                backend.statements().count(),
                backend.meter().connected(),
                backend.meter().asked(),
                Optional.ofNullable(channel.localAddress()),
                Optional.ofNullable(channel.remoteAddress()),
                TlsPeer.describe(channel),
                backend.epoch());
    }
}
