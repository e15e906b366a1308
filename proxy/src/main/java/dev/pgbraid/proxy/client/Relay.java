package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.OwnedBackend;
import dev.pgbraid.proxy.backend.ShardLogin;
import dev.pgbraid.proxy.net.ChannelWriter;
import io.netty.channel.Channel;
import java.time.Instant;

/// A client that replicates and the backend that it has to itself, joined byte for byte.
///
/// Both ends can talk at any time, and only they know what about. When one ends, so does the other; and both do when
/// the
/// proxy drains, or does not know the client's user or database any more: there is no end of a transaction to wait for.
final class Relay {
    private final Channel client;
    private final OwnedBackend backend;
    private final Identity identity;
    private final Worker worker;
    private final int processId;
    private final Instant connected = Instant.now();

    /// @param processId what names it in cancel requests
    Relay(Channel client, OwnedBackend backend, Identity identity, Worker worker, int processId) {
        this.client = client;
        this.backend = backend;
        this.identity = identity;
        this.worker = worker;
        this.processId = processId;
    }

    Identity identity() {
        return identity;
    }

    Channel client() {
        return client;
    }

    Instant connected() {
        return connected;
    }

    int processId() {
        return processId;
    }

    ShardLogin target() {
        return backend.target();
    }

    /// Joins the channels; `handler` is the name of the one that has led the client so far.
    void begin(String handler) {
        backend.channel().pipeline().addLast(new RelayHandler(client, this::end));
        client.pipeline().replace(handler, "relay", new RelayHandler(backend.channel(), this::clientGone));
        worker.join(this);
    }

    /// Ends both; the client is given what has come for it.
    void end() {
        backend.channel().close();
        new ChannelWriter(client).flushAndClose();
    }

    private void clientGone() {
        backend.channel().close();
        worker.leave(this);
    }
}
