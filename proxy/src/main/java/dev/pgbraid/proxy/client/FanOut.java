package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.session.SessionEvent;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers what a session without a backend asks of several shards, and asks it.
final class FanOut {
    private final Session session;
    private final CatalogChanges catalogChanges;
    private @Nullable Fan fan;

    /// A portal that has been bound, and waits for what else the client wants of it.
    private FanRequest.@Nullable Portal portal;

    private String name = "";
    private Plan plan = new Plan.OnAnyShard();

    FanOut(Session session, CatalogChanges catalogChanges) {
        this.session = session;
        this.catalogChanges = catalogChanges;
    }

    static boolean isFor(Plan plan) {
        return plan instanceof Plan.Scatter || plan instanceof Plan.Everywhere;
    }

    void query(Plan wanted, byte[] text) {
        begin(wanted, new FanRequest.Text(text));
    }

    void bind(Plan wanted, String portalName, FanRequest.Portal bound) {
        plan = wanted;
        name = portalName;
        portal = bound;
    }

    /// Whether a portal waits that must be run before the client is answered anything else.
    boolean hasPortal() {
        return portal != null;
    }

    /// Takes a Describe or an Execute; false if it is not for the portal that waits.
    boolean take(ClientMessage message) {
        boolean describes = message.tag() == 'D';
        int from = message.body() + (describes ? 1 : 0);
        int end = message.textEnd(from);
        FanRequest.Portal waiting = portal;
        if (waiting == null || waiting.isExecuted() || end < 0 || !name.equals(message.name(from, end))) {
            return false;
        }
        if (describes) {
            boolean isOfPortal = message.in().getByte(message.body()) == 'P';
            if (isOfPortal) {
                waiting.describe();
            }
            return isOfPortal;
        }
        boolean isWhole = message.end() - end > Integer.BYTES;
        waiting.execute(isWhole ? message.in().getInt(end + 1) : 0);
        return true;
    }

    /// Whether what waits cannot be undone, so that nothing may follow it in its batch.
    boolean mustBeLast() {
        return portal != null && portal.isExecuted() && plan instanceof Plan.Everywhere;
    }

    /// Forgets the portal that waits.
    void forget() {
        portal = null;
    }

    /// Runs the portal that waits.
    void run() {
        if (portal != null) {
            FanRequest.Portal waiting = portal;
            portal = null;
            begin(plan, waiting);
        }
    }

    /// The statement that runs, or null.
    @Nullable
    Fan fan() {
        return fan;
    }

    private void begin(Plan wanted, FanRequest request) {
        boolean inTurn = wanted instanceof Plan.Everywhere;
        Fan begun = new Fan(session, pools(wanted), request, inTurn, error -> ended(request, error));
        fan = begun;
        session.fire(SessionEvent.FAN_BEGUN);
        begun.begin();
    }

    private List<BackendPool> pools(Plan wanted) {
        ShardSet shards = switch (wanted) {
            case Plan.Scatter(ShardSet several, var _) -> several;
            case Plan.Everywhere(ShardSet several) -> several;
            case Plan.OnShard _, Plan.OnAnyShard _, Plan.Refused _ ->
                throw new IllegalArgumentException("no plan for several shards: " + wanted);
        };
        List<BackendPool> pools = new ArrayList<>();
        shards.forEach(shard -> pools.add(session.shards().pool(shard.index())));
        return pools;
    }

    private void ended(FanRequest request, @Nullable ErrorFields error) {
        fan = null;
        catalogChanges.transactionEnded();
        session.fire(SessionEvent.FAN_ENDED);
        if (error != null) {
            session.refuse(error, request.isSimple());
        } else if (request.isSimple()) {
            session.sendReady();
        }
        session.goOn();
    }
}
