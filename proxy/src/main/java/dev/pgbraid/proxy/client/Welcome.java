package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.ParameterStatus;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.backend.Errors;
import dev.pgbraid.proxy.backend.Tenant;
import dev.pgbraid.proxy.session.Settings;
import io.netty.buffer.ByteBuf;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Finds out what a server reports of itself to a client with certain settings: it borrows a backend and tries them.
///
/// A setting that the server refuses is thus refused when the client logs in, in the server's own words.
final class Welcome implements Tenant {
    private final BackendPool pool;
    private final Settings settings;
    private final Listener listener;
    private @Nullable Backend backend;
    private boolean done;

    interface Listener {
        void welcomed(SequencedMap<String, String> parameters);

        void refused(ErrorFields error);
    }

    Welcome(BackendPool pool, Settings settings, Listener listener) {
        this.pool = pool;
        this.settings = settings;
        this.listener = listener;
    }

    void begin() {
        Backend lent = pool.checkOut(this, settings);
        if (lent != null) {
            granted(lent);
        }
    }

    /// The client is gone.
    void abandon() {
        if (done) {
            return;
        }
        done = true;
        if (backend == null) {
            pool.withdraw(this);
        } else {
            backend.abandon();
        }
    }

    /// Appends what was found as messages.
    static void encode(SequencedMap<String, String> parameters, ByteBuf out) {
        parameters.forEach(
                (name, value) -> new ParameterStatus(ByteString.utf8(name), ByteString.utf8(value)).encode(out));
    }

    @Override
    public void granted(Backend lent) {
        backend = lent;
        lent.writer().flush();
        batchReceived();
    }

    @Override
    public void refused(ProxyException reason) {
        finish(Errors.fields(reason));
    }

    @Override
    public void received(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void settingsRefused(ErrorFields error) {
        Backend lent = backend;
        if (lent != null) {
            lent.abandon();
        }
        finish(error);
    }

    @Override
    public void batchReceived() {
        Backend lent = backend;
        if (!done && lent != null && lent.isFree()) {
            done = true;
            SequencedMap<String, String> parameters = lent.parameters();
            lent.pool().giveBack(lent);
            listener.welcomed(parameters);
        }
    }

    @Override
    public void lost(ProxyException reason, boolean explained) {
        finish(Errors.fields(reason));
    }

    private void finish(ErrorFields error) {
        if (!done) {
            done = true;
            listener.refused(error);
        }
    }
}
