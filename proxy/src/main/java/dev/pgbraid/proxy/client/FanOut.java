package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.proxy.backend.Lender;
import dev.pgbraid.proxy.client.Steering.Step;
import dev.pgbraid.proxy.session.ClientStatements;
import dev.pgbraid.proxy.session.SessionEvent;
import dev.pgbraid.proxy.session.UnnamedStatement;
import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.session.SessionStatement;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Collects what a session asks of several shards, and asks it while the session has no backend.
final class FanOut {
    private final Session session;
    private final PreparedTexts texts;
    private final Movement movement;
    private final CatalogChanges catalogChanges;
    private final RoutedDatabase database;
    private final Viewpoint viewpoint;
    private final OpenTransaction transaction;
    private @Nullable Fan fan;

    /// A portal that has been bound, and waits for what else the client wants of it.
    private FanRequest.@Nullable Portal portal;

    private String name = "";
    private Plan plan = new Plan.OnAnyShard();

    /// What all shards run that have a part of the transaction, or null if the plan says where.
    private @Nullable SessionStatement common;

    /// By which the plan was made.
    private long epoch;

    FanOut(
            Session session,
            PreparedTexts texts,
            Movement movement,
            CatalogChanges catalogChanges,
            RoutedDatabase database,
            Viewpoint viewpoint) {
        this.transaction = movement.transaction();
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
        return query(message, wanted, () -> new FanRequest.Text(message.copy(message.body(), textEnd)));
    }

    /// @param request of a simple query
    Step query(ClientMessage message, Plan wanted, Supplier<FanRequest> request) {
        Step left = leave(message, wanted);
        if (left != Step.READY) {
            return left;
        }
        plan = wanted;
        beginQuery(request.get());
        return Step.ANSWERED;
    }

    /// Runs a simple query on all shards that have a part of the transaction.
    Step queryAll(ClientMessage message, SessionStatement statement, int textEnd) {
        Step parked = movement.park(message);
        if (parked != Step.READY) {
            return parked;
        }
        common = statement;
        beginQuery(new FanRequest.Text(
                mustRollBack(statement) ? rollback(statement) : message.copy(message.body(), textEnd)));
        return Step.ANSWERED;
    }

    private void beginQuery(FanRequest request) {
        texts.endUnnamed();
        epoch = session.shards().home().epoch();
        begin(request);
    }

    /// Leaves the backend that there may be, if the plan can be run in the transaction that there may be.
    private Step leave(ClientMessage message, Plan wanted) {
        if (session.backend() == null && transaction.isFailed()) {
            return movement.refuse(message, RouteErrors.inFailedTransaction());
        }
        Step settled = movement.settle(message);
        if (settled != Step.READY) {
            return settled;
        }
        if (transaction.isOpen() && !isRead(wanted)) {
            return movement.refuse(message, RouteErrors.severalInTransaction());
        }
        return transaction.anyBackend(database::isTooOld)
                ? movement.refuse(message, RouteErrors.placementChanged())
                : movement.leave(message);
    }

    private static boolean isRead(Plan wanted) {
        return wanted instanceof Plan.Gather
                || (wanted instanceof Plan.Scatter(var _, Access access) && access != Access.WRITE);
    }

    /// Whether what was to be committed has failed on one of its shards, of which the others do not know.
    private boolean mustRollBack(SessionStatement statement) {
        return transaction.isFailed() && statement instanceof SessionStatement.Commit;
    }

    private static byte[] rollback(SessionStatement commit) {
        boolean chain = commit instanceof SessionStatement.Commit(boolean next) && next;
        return (chain ? "ROLLBACK AND CHAIN" : "ROLLBACK").getBytes(StandardCharsets.US_ASCII);
    }

    /// Binds a portal, which waits then for what else the client wants of it.
    Step bind(ClientMessage message, Plan wanted, PreparedTexts.Text text) {
        Step left = leave(message, wanted);
        if (left == Step.READY) {
            plan = wanted;
            bind(message, text.named(), texts.unnamed());
            transaction.opens(name, Movement.SEVERAL);
            left = Step.ANSWERED;
        }
        return left;
    }

    /// Binds a portal that all shards run which have a part of the transaction.
    Step bindAll(ClientMessage message, SessionStatement statement, PreparedTexts.Text text) {
        Step parked = movement.park(message);
        if (parked != Step.READY) {
            return parked;
        }
        common = statement;
        if (mustRollBack(statement)) {
            bind(message, null, UnnamedStatement.of(rollback(statement)));
        } else {
            bind(message, text.named(), texts.unnamed());
        }
        return Step.ANSWERED;
    }

    private void bind(ClientMessage message, ClientStatements.@Nullable Named named, UnnamedStatement unnamed) {
        int portalEnd = message.textEnd(message.body());
        byte[] values = message.copy(message.textEnd(portalEnd + 1) + 1, message.end());
        name = message.name(message.body(), portalEnd);
        epoch = session.shards().home().epoch();
        portal = new FanRequest.Portal(named, unnamed, values);
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
            common = null;
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
        return portal != null && portal.isExecuted() && common == null && plan instanceof Plan.Everywhere;
    }

    /// Runs the portal that waits.
    private void run() {
        if (portal != null) {
            FanRequest.Portal waiting = portal;
            portal = null;
            begin(waiting);
        }
    }

    /// The statement that runs, or null.
    @Nullable
    Fan fan() {
        return fan;
    }

    private void begin(FanRequest request) {
        transaction.spread();
        Consumer<@Nullable ErrorFields> end = error -> ended(request, error);
        Fan begun = common == null ? planned(request, end) : scatter(transaction.all(), request, true, end);
        fan = begun;
        session.meter().runs(Plans.kind(common == null ? plan : new Plan.OnAnyShard()));
        session.fire(SessionEvent.FAN_BEGUN);
        begun.begin();
    }

    private Fan planned(FanRequest request, Consumer<@Nullable ErrorFields> end) {
        return switch (plan) {
            case Plan.Scatter(ShardSet shards, var _) -> scatter(lenders(shards), request, false, end);
            case Plan.Everywhere(ShardSet shards) -> scatter(lenders(shards), request, true, end);
            case Plan.Gather _ ->
                new GatherFan(session, epoch, request, database.gatherBytesMax(), planner(request), end);
            case Plan.OnShard _, Plan.OnAnyShard _, Plan.Refused _ ->
                throw new IllegalArgumentException("no plan for several shards: " + plan);
        };
    }

    private Fan scatter(List<Lender> lenders, FanRequest request, boolean inTurn, Consumer<@Nullable ErrorFields> end) {
        return new ScatterFan(session, epoch, lenders, request, inTurn, end);
    }

    private List<Lender> lenders(ShardSet shards) {
        List<Lender> lenders = new ArrayList<>();
        shards.forEach(shard -> lenders.add(transaction.lender(shard.index())));
        return lenders;
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
        SessionStatement done = common;
        common = null;
        session.fire(SessionEvent.FAN_ENDED);
        if (done != null && error == null) {
            transaction.done(done);
        } else if (done != null && OpenTransaction.isEnd(done)) {
            transaction.end();
        }
        if (!transaction.isOpen()) {
            viewpoint.transactionEnded();
            catalogChanges.transactionEnded();
        }
        if (error != null) {
            session.refuse(error, request.isSimple());
        } else if (request.isSimple()) {
            session.sendReady();
        }
        session.goOn();
    }
}
