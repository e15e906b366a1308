package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.client.Steering.Step;
import dev.pgbraid.proxy.metrics.PlanKind;
import dev.pgbraid.proxy.session.SessionEvent;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gathers what a session without a backend asks of several shards, and asks it.
final class FanOut {
    private final Session session;
    private final PreparedTexts texts;
    private final Movement movement;
    private final CatalogChanges catalogChanges;
    private final RoutedDatabase database;
    private final Viewpoint viewpoint;
    private @Nullable Fan fan;

    /// A portal that has been bound, and waits for what else the client wants of it.
    private FanRequest.@Nullable Portal portal;

    private String name = "";
    private Plan plan = new Plan.OnAnyShard();

    /// By which the plan was made.
    private long epoch;

    FanOut(
            Session session,
            PreparedTexts texts,
            Movement movement,
            CatalogChanges catalogChanges,
            RoutedDatabase database,
            Viewpoint viewpoint) {
        this.session = session;
        this.database = database;
        this.viewpoint = viewpoint;
        this.texts = texts;
        this.movement = movement;
        this.catalogChanges = catalogChanges;
    }

    static boolean isFor(Plan plan) {
        return plan instanceof Plan.Scatter || plan instanceof Plan.Gather || plan instanceof Plan.Everywhere;
    }

    /// Runs a simple query as soon as the session has left the backend that it may have.
    Step query(ClientMessage message, Plan wanted, int textEnd) {
        Step left = movement.leave(message);
        if (left != Step.READY) {
            return left;
        }
        texts.endUnnamed();
        epoch = session.shards().home().epoch();
        begin(wanted, new FanRequest.Text(message.copy(message.body(), textEnd)));
        return Step.ANSWERED;
    }

    /// Binds a portal, which waits then for what else the client wants of it.
    Step bind(ClientMessage message, Plan wanted, PreparedTexts.Text text) {
        Step left = movement.leave(message);
        if (left != Step.READY) {
            return left;
        }
        int portalEnd = message.textEnd(message.body());
        byte[] values = message.copy(message.textEnd(portalEnd + 1) + 1, message.end());
        name = message.name(message.body(), portalEnd);
        plan = wanted;
        epoch = session.shards().home().epoch();
        portal = new FanRequest.Portal(text.named(), texts.unnamed(), values);
        return Step.ANSWERED;
    }

    /// Whether a portal waits that must be run before the client is answered anything else.
    boolean hasPortal() {
        return portal != null;
    }

    /// Takes a message behind the Bind of a portal.
    Step afterPortal(ClientMessage message) {
        byte tag = message.tag();
        if (tag == 'X') {
            portal = null;
            return Step.READY;
        }
        if (tag == 'D' || tag == 'E') {
            if (!message.isWhole()) {
                return Step.WAIT;
            }
            if (take(message)) {
                return Step.ANSWERED;
            }
        }
        if (mustBeLast() && tag != 'S') {
            portal = null;
            return movement.refuse(message, RouteErrors.severalInTransaction());
        }
        run();
        return Step.STALLED;
    }

    /// Takes a Describe or an Execute; false if it is not for the portal that waits.
    private boolean take(ClientMessage message) {
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
    private boolean mustBeLast() {
        return portal != null && portal.isExecuted() && plan instanceof Plan.Everywhere;
    }

    /// Runs the portal that waits.
    private void run() {
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
        Consumer<@Nullable ErrorFields> end = error -> ended(request, error);
        Fan begun = switch (wanted) {
            case Plan.Scatter(ShardSet shards, var _) ->
                new ScatterFan(session, epoch, pools(shards), request, false, end);
            case Plan.Everywhere(ShardSet shards) -> new ScatterFan(session, epoch, pools(shards), request, true, end);
            case Plan.Gather _ ->
                new GatherFan(session, epoch, request, database.gatherBytesMax(), planner(request), end);
            case Plan.OnShard _, Plan.OnAnyShard _, Plan.Refused _ ->
                throw new IllegalArgumentException("no plan for several shards: " + wanted);
        };
        fan = begun;
        session.meter().runs(kind(wanted));
        session.fire(SessionEvent.FAN_BEGUN);
        begun.begin();
    }

    private static PlanKind kind(Plan plan) {
        return switch (plan) {
            case Plan.OnShard _, Plan.OnAnyShard _ -> PlanKind.SINGLE_SHARD;
            case Plan.Scatter _ -> PlanKind.SCATTER;
            case Plan.Gather _ -> PlanKind.GATHER;
            case Plan.Everywhere _ -> PlanKind.EVERYWHERE;
            case Plan.Refused _ -> PlanKind.REFUSED;
        };
    }

    private List<BackendPool> pools(ShardSet shards) {
        List<BackendPool> pools = new ArrayList<>();
        shards.forEach(shard -> pools.add(session.shards().pool(shard.index())));
        return pools;
    }

    private Consumer<GatherPlanner.Listener> planner(FanRequest request) {
        Perspective perspective = viewpoint.perspective();
        return listener -> {
            Parse parse = request.parse();
            Parameters parameters = new BindParameters(request.bind(), parse.parameterTypes());
            ShardId home = new ShardId(0, session.shards().name(0));
            new GatherPlanner(database, perspective, parameters, home, listener)
                    .plan(parse.query().toByteArray());
        };
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
