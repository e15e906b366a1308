package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.protocol.backend.ParameterStatus;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.backend.CommandTag;
import dev.pgbraid.proxy.backend.Errors;
import dev.pgbraid.proxy.backend.Tenant;
import dev.pgbraid.proxy.session.Belongings;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.SessionChanges;
import io.netty.buffer.ByteBuf;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Finds out what a server reports of itself to a client with certain settings: it borrows a backend and tries them.
///
/// A setting that the server refuses is thus refused when the client logs in, in the server's own words. Where there
/// are
/// several shards, it also finds out the search path, which is the home shard's on all of them: names mean the same
/// wherever a statement runs, whatever each shard gives its logins.
final class Welcome implements Tenant {
    private static final SessionChanges SEARCH_PATH = SessionChanges.ofSettings("search_path");

    private final BackendPool pool;
    private final Belongings belongings;
    private final Listener listener;
    private @Nullable Backend backend;
    private boolean done;

    interface Listener {
        void welcomed(Greeting greeting);

        void refused(ErrorFields error);
    }

    /// @param belongings those of a session that begins with what its client asks for
    Welcome(BackendPool pool, Belongings belongings, Listener listener) {
        this.pool = pool;
        this.belongings = belongings;
        this.listener = listener;
    }

    /// Finds out the search path, too.
    Welcome withSearchPath() {
        belongings.suspect(SEARCH_PATH);
        return this;
    }

    void begin() {
        Backend lent = pool.checkOut(this, belongings.settings());
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
        belongings.inspection().ifPresent(lent::ask);
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
    public void proxyAnswers(Response response) {}

    @Override
    public void parameterReported(String name, String value) {}

    @Override
    public void commandCompleted(CommandTag tag) {}

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
            Greeting greeting = new Greeting(lent.parameters(), belongings.settings());
            lent.pool().giveBack(lent);
            listener.welcomed(greeting);
        }
    }

    @Override
    public void notified(NotificationResponse notification) {}

    @Override
    public void backendWritable(boolean writable) {}

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
