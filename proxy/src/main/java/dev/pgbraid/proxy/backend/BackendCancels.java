package dev.pgbraid.proxy.backend;

import dev.pgbraid.proxy.session.ExpectedResponses;
import java.util.ArrayList;
import java.util.List;

/// The requests to cancel what one backend does. Confined to its event loop.
///
/// They are for the client's statements: while the server is at something that the proxy has sent ahead, they wait.
final class BackendCancels {
    private final Backend backend;
    private final ExpectedResponses responses;
    private int inFlight;
    private boolean waiting;

    /// Who is told when none waits or is under way.
    private final List<Runnable> awaiting = new ArrayList<>(0);

    BackendCancels(Backend backend) {
        this.backend = backend;
        this.responses = backend.responses();
    }

    /// Whether one waits or is under way.
    boolean isBusy() {
        return waiting || inFlight > 0;
    }

    void request() {
        waiting = true;
        goOn();
    }

    /// Sends the request that waits if its time has come, or drops it if it has passed.
    void goOn() {
        if (!waiting) {
            return;
        }
        if (responses.isEmpty()) {
            drop();
        } else if (responses.due().isForClient()) {
            waiting = false;
            send();
        }
    }

    /// There is nothing to cancel any more.
    void drop() {
        waiting = false;
        tell();
    }

    /// Sends a request, whatever the server is at.
    void send() {
        inFlight++;
        backend.pool().cancel(backend, this::ended);
    }

    /// Calls `done` when none waits or is under way.
    void whenOver(Runnable done) {
        awaiting.add(done);
        tell();
    }

    private void ended() {
        inFlight--;
        boolean isGivenBack = backend.tenant() == null;
        tell();
        if (inFlight == 0 && isGivenBack) {
            backend.pool().giveBack(backend);
        }
    }

    private void tell() {
        if (!isBusy()) {
            List<Runnable> told = List.copyOf(awaiting);
            awaiting.clear();
            told.forEach(Runnable::run);
        }
    }
}
