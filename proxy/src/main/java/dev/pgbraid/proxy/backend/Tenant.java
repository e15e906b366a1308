package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.session.Response;
import io.netty.buffer.ByteBuf;

/// Who waits for a backend or has one. Every call comes on the event loop of the pool.
public interface Tenant {

    /// The backend that this tenant waited for.
    void granted(Backend backend);

    /// There will be no backend.
    void refused(ProxyException reason);

    /// What names the session in requests to cancel, 0 if this is none.
    default int processId() {
        return 0;
    }

    /// Bytes for the client: one or more whole messages, or a part of a large one.
    ///
    /// The tenant owns a reference of its own to `bytes`.
    void received(ByteBuf bytes);

    /// It is the proxy's turn to answer for something that the tenant asked.
    default void proxyAnswers(Response response) {}

    /// The server reported a parameter to this tenant.
    default void parameterReported(String name, String value) {}

    /// The tag of a command that was completed for this tenant.
    default void commandCompleted(CommandTag tag) {}

    /// The server has answered a request of the tenant's.
    ///
    /// @param now as [System#nanoTime] tells it
    default void answered(TransactionStatus status, long now) {}

    /// The tenant is told an error of the proxy's own in place of one of the server's.
    default void refusalTold(ErrorFields error) {}

    /// Whether the tenant may be told that its transaction is over: it could have to be told something else ahead of
    /// that. If not, the answers wait until [Backend#goOn].
    default boolean mayEndTransaction() {
        return true;
    }

    /// The server passes on what somebody notified; the tenant, or one before it, listens.
    default void notified(NotificationResponse notification) {}

    /// The server refused the settings that were to hold for this tenant; the backend cannot be used.
    void settingsRefused(ErrorFields error);

    /// One batch of input has been passed on: time to flush, and to give the backend back if it is free.
    void batchReceived();

    /// The backend can take more bytes, or should not be given more for now.
    default void backendWritable(boolean writable) {}

    /// The backend is gone. `explained` says that its last message was an error, which the tenant has received.
    void lost(ProxyException reason, boolean explained);
}
