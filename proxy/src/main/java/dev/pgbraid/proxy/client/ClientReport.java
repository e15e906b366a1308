package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.net.TlsPeer;
import dev.pgbraid.proxy.session.Tie;
import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What a client is at, at one moment.
///
/// @param id what names it in requests to cancel
/// @param replicates whether it has a server to itself
/// @param age how long ago its request has begun, or its last one has ended
/// @param ends whether it is disconnected after its transaction
/// @param backend the process that serves it, if one does
/// @param shard where that is
/// @param ties what keeps that from other clients between transactions
/// @param tls the version and the cipher, empty without TLS
public record ClientReport(
        int id,
        String user,
        String database,
        ClientState state,
        boolean replicates,
        Optional<SocketAddress> local,
        Optional<SocketAddress> remote,
        Instant connected,
        Duration age,
        boolean ends,
        Optional<Integer> backend,
        String shard,
        Set<Tie> ties,
        String tls,
        String applicationName,
        int preparedStatements) {
    private static final String APPLICATION_NAME = "application_name";

    public ClientReport {
        ties = Set.copyOf(ties);
    }

    static ClientReport of(Session session) {
        Channel channel = session.channel();
        Backend backend = session.backend();
        return new ClientReport(
                session.processId(),
                session.identity().user().name(),
                session.identity().database(),
                SessionWatch.state(session),
                false,
                Optional.ofNullable(channel.localAddress()),
                Optional.ofNullable(channel.remoteAddress()),
                session.meter().connected(),
                session.meter().age(),
                session.isEnding(),
                Optional.ofNullable(backend).map(lent -> lent.key().processId()),
                session.shards().chosen().target().shard(),
                session.belongings().ties(),
                TlsPeer.describe(channel),
                session.belongings().settings().values().getOrDefault(APPLICATION_NAME, ""),
                session.requests().statementCount());
    }

    static ClientReport of(Relay relay) {
        Channel channel = relay.client();
        return new ClientReport(
                relay.processId(),
                relay.identity().user().name(),
                relay.identity().database(),
                ClientState.RUNNING,
                true,
                Optional.ofNullable(channel.localAddress()),
                Optional.ofNullable(channel.remoteAddress()),
                relay.connected(),
                Duration.between(relay.connected(), Instant.now()),
                false,
                Optional.empty(),
                relay.target().shard(),
                Set.of(Tie.REPLICATION),
                TlsPeer.describe(channel),
                "",
                0);
    }
}
