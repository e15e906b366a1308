package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.session.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Asks a server whether it is still there, over a backend that has been idle for long: a cable that was pulled, or a
/// firewall that has forgotten the connection, is noticed by nobody who only waits. Where statements are routed, the
/// backend joins their epoch by it.
///
/// It has the backend until the server answers, with which it ends, or until the backend is lost.
final class IdleCheck implements Tenant {
    /// A login takes several round trips and a process of the server's, an answer takes one.
    private static final int SHARE_OF_CONNECT_TIMEOUT = 4;

    private final Backend backend;
    private final Runnable alive;
    private final Consumer<ProxyException> dead;
    private final Future<?> late;

    private IdleCheck(Backend backend, Runnable alive, Consumer<ProxyException> dead) {
        this.backend = backend;
        this.alive = alive;
        this.dead = dead;
        BackendPool pool = backend.pool();
        long millis = Math.max(1, pool.config().connectTimeout().toMillis() / SHARE_OF_CONNECT_TIMEOUT);
        this.late =
                pool.loop().schedule(() -> fail("no answer within " + millis + " ms"), millis, TimeUnit.MILLISECONDS);
    }

    /// Asks; one of the two is called, once, later. The backend of a server that is dead has been closed by then.
    ///
    /// @param routing what the backend has to join, if anything
    static void begin(Backend backend, @Nullable RoutingEpoch routing, Runnable alive, Consumer<ProxyException> dead) {
        backend.hand(new IdleCheck(backend, alive, dead));
        if (routing == null) {
            backend.run("", new Outcome() {});
            backend.writer().flush();
        } else {
            routing.join(backend);
        }
    }

    private void fail(String how) {
        backend.fail(how, false);
    }

    @Override
    public void batchReceived() {
        if (backend.isFree()) {
            late.cancel(false);
            alive.run();
        }
    }

    @Override
    public void lost(ProxyException reason, boolean explained) {
        late.cancel(false);
        dead.accept(new ProxyException(
                ErrorCode.SHARD_UNREACHABLE,
                reason.getMessage() + ", over a connection that was idle",
                "Nothing was sent to the shard; repeating is safe."));
    }

    @Override
    public void settingsRefused(ErrorFields error) {
        fail("the server refuses an empty query");
    }

    @Override
    public void received(ByteBuf bytes) {
        bytes.release();
    }

    @Override
    public void granted(Backend other) {}

    @Override
    public void refused(ProxyException reason) {}
}
