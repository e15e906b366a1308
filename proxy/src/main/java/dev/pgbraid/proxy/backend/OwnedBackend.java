package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.proxy.ProxyException;
import io.netty.channel.Channel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A connection to a shard's server that one client has to itself, from its login to its end. No pool knows of it.
public final class OwnedBackend {
    private final Channel channel;
    private final ShardLogin target;
    private final SequencedMap<String, String> parameters;
    private final CancelKey key;
    private final Canceler canceler;

    /// Sends a request to cancel; `done` is called when the server has dealt with it or cannot.
    interface Canceler {
        void cancel(CancelKey key, Runnable done);
    }

    /// One of the two is called, once, on the event loop.
    public interface Listener {
        /// The backend is logged in. What it sends from then on is for the handlers that its channel gets now.
        void connected(OwnedBackend backend);

        void failed(ProxyException reason);
    }

    OwnedBackend(Channel channel, ShardLogin target, BackendLoginHandler.Result login, Canceler canceler) {
        this.channel = channel;
        this.target = target;
        this.parameters = new LinkedHashMap<>(login.parameters());
        this.key = login.key();
        this.canceler = canceler;
    }

    public Channel channel() {
        return channel;
    }

    public ShardLogin target() {
        return target;
    }

    /// What the server has reported of itself, by name.
    public SequencedMap<String, String> parameters() {
        return Collections.unmodifiableSequencedMap(parameters);
    }

    /// Asks the server to stop what it does; `done` is called when it has dealt with that or cannot.
    public void cancel(Runnable done) {
        canceler.cancel(key, done);
    }
}
