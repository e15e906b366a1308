package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.backend.Lender;
import dev.pgbraid.proxy.session.RoutesMemo;
import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.Routes;
import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.plan.Route;
import dev.pgbraid.router.sharding.ShardId;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Steers a session whose database has several shards.
///
/// It has one backend at a time, and gets one on another shard when it is done with the one it has. While a statement
/// runs on several shards it has none.
final class Routing implements Steering {
    private final Session session;
    private final ClientRequests requests;
    private final RoutedDatabase database;
    private final PreparedTexts texts;
    private final RouteFinder finder;
    private final Viewpoint viewpoint;
    private final CatalogChanges catalogChanges;
    private final OpenTransaction transaction;
    private final LocalAnswers answers;
    private final LocalStatements local;
    private final Movement movement;
    private final FanOut fanOut;
    private final Chorus chorus;
    private final Consequences consequences;
    private final OwnCalls ownCalls;
    private final Portals portals;
    private final Postponement postponement;
    private final SqlStatements sqlStatements;
    private final BoundParameters parameters = new BoundParameters();

    Routing(Session session, ClientRequests requests, RoutedDatabase database, Worker worker) {
        this.session = session;
        this.requests = requests;
        this.database = database;
        this.texts = new PreparedTexts(requests, worker.statements());
        this.finder = new RouteFinder(session, database);
        this.viewpoint = new Viewpoint(session);
        this.catalogChanges = new CatalogChanges(session, database);
        this.answers = new LocalAnswers(session.writer());
        this.transaction = new OpenTransaction(session);
        this.local = new LocalStatements(answers, transaction, database, viewpoint);
        this.movement = new Movement(session, transaction);
        this.fanOut = new FanOut(session, texts, movement, catalogChanges, database, viewpoint);
        this.chorus = new Chorus(session, requests, transaction, movement, fanOut, viewpoint);
        this.consequences = new Consequences(session, requests, transaction, viewpoint);
        this.ownCalls = new OwnCalls(session, database, movement, answers);
        this.portals = new Portals(session, movement, local, ownCalls, viewpoint);
        this.postponement = new Postponement(session, database, movement, transaction);
        this.sqlStatements = new SqlStatements(session, requests, this, worker);
    }

    @Override
    public TransactionStatus status() {
        Backend backend = session.backend();
        return backend == null ? transaction.status() : backend.status();
    }

    @Override
    public void attached(Backend backend) {
        transaction.begin(backend);
    }

    @Override
    public void detached() {
        local.closeAll();
        if (!transaction.isHeld()) {
            transaction.end();
            viewpoint.transactionEnded();
            catalogChanges.transactionEnded();
        }
    }

    @Override
    public void refused() {
        transaction.fail();
    }

    @Override
    public boolean isSpread() {
        return transaction.isSpread();
    }

    @Override
    public Lender lender(BackendPool pool) {
        return transaction.lender(session.shards().of(pool));
    }

    @Override
    public void closed() {
        transaction.end();
    }

    @Override
    public @Nullable Detour detour() {
        Fan fan = fanOut.fan();
        if (fan != null) {
            return fan;
        }
        return ownCalls.isRunning() ? ownCalls : postponement.isWaiting() ? postponement : null;
    }

    @Override
    public Step steer(ClientReader reader, ByteBuf in, int at, int bytes, int here) {
        Backend backend = session.backend();
        if (finder.isReading() || catalogChanges.isReading()) {
            return Step.STALLED;
        }
        if (session.isDiscarding() || (backend != null && backend.responses().takesAnything())) {
            return Step.READY;
        }
        if (movement.isBetweenTransactions()) {
            viewpoint.transactionEnded();
        }
        ClientMessage message = new ClientMessage(reader, in, at, bytes, here);
        Step step = fanOut.hasPortal() ? fanOut.afterPortal(message) : steer(message);
        if (step != Step.STALLED) {
            movement.arrived();
        }
        return step;
    }

    @Override
    public boolean forgetStalled() {
        boolean isForgotten = movement.forgetMove();
        if (isForgotten) {
            finder.forget();
            catalogChanges.forget();
        }
        return isForgotten;
    }

    private Step steer(ClientMessage message) {
        if (message.beginsStatement() && database.mustJoinFirst(session.backend())) {
            return Step.STALLED;
        }
        return switch (message.tag()) {
            case 'Q' -> query(message);
            case 'P' -> parse(message);
            case 'B' -> bind(message);
            case 'D' -> describe(message);
            case 'E' -> portals.execute(message);
            case 'C' -> close(message);
            case 'F' -> movement.write(message, Shards.HOME);
            case 'S' -> sync();
            default -> Step.READY;
        };
    }

    private Step sync() {
        if (session.backend() == null && status() == TransactionStatus.IDLE) {
            local.closeAll();
        }
        return Step.READY;
    }

    // Messages.

    private Step query(ClientMessage message) {
        int textEnd = message.isWhole() ? message.textEnd(message.body()) : -1;
        if (textEnd < 0) {
            return movement.withoutText(message);
        }
        int length = textEnd - message.body();
        Routes routes = viewpoint.isUnsettled()
                ? null
                : finder.find(message.in(), message.body(), length, viewpoint.perspective());
        if (routes == null) {
            return unread(message);
        }
        routes.statements().forEach(catalogChanges::runs);
        return routes.count() == 1
                ? query(message, routes.statements().getFirst(), textEnd)
                : queryOfSeveral(message, routes, textEnd);
    }

    private Step query(ClientMessage message, RoutedStatement statement, int textEnd) {
        if (movement.mustEndFirst(statement.session())) {
            return Step.STALLED;
        }
        if (statement.ownCall().isPresent()) {
            byte[] text = message.copy(message.body(), textEnd);
            return ownCalls.run(message, statement.ownCall().get(), text, viewpoint.perspective());
        }
        if (isLocal(statement)) {
            return locally(message, () -> {
                local.query(statement, message.copy(message.body(), textEnd));
                session.sendReady();
            });
        }
        Plan plan = statement.route().plan(Parameters.NONE);
        if (sqlStatements.isFor(statement, plan)) {
            return sqlStatements.query(message, statement, message.copy(message.body(), textEnd));
        }
        session.meter().concerns(statement, plan);
        if (chorus.concerns(statement, false)) {
            return chorus.query(message, statement, textEnd);
        }
        if (FanOut.isFor(plan)) {
            return fanOut.query(message, plan, textEnd);
        }
        Step step = go(message, statement, plan);
        if (step == Step.READY) {
            consequences.runs(message, statement, textEnd);
        }
        return step;
    }

    private Step queryOfSeveral(ClientMessage message, Routes routes, int textEnd) {
        Plan plan = Plans.together(routes);
        boolean isOnlyRows = Plans.concernRowsOnly(routes);
        if (transaction.isSpread() && !isOnlyRows) {
            return movement.refuseWhenSettled(message, RouteErrors.aloneInSpread());
        }
        if (FanOut.isFor(plan)) {
            return fanOut.query(message, plan, textEnd);
        }
        Step step = go(message, plan);
        if (step == Step.READY && !isOnlyRows) {
            transaction.leaveAlone();
        }
        return step;
    }

    /// Goes on with the only statement of a text when its route is known.
    private Step withRoute(ClientMessage message, @Nullable Routes routes, Function<RoutedStatement, Step> then) {
        if (routes == null) {
            return unread(message);
        }
        if (routes.count() != 1) {
            return movement.goTo(message, Movement.ANY);
        }
        RoutedStatement statement = routes.statements().getFirst();
        return movement.mustEndFirst(statement.session()) ? Step.STALLED : then.apply(statement);
    }

    // What statements of SQL that are prepared need.

    PreparedTexts texts() {
        return texts;
    }

    Movement movement() {
        return movement;
    }

    Chorus chorus() {
        return chorus;
    }

    Consequences consequences() {
        return consequences;
    }

    FanOut fanOut() {
        return fanOut;
    }

    Optional<List<Integer>> declaredTypes(List<String> written) {
        return database.declaredTypes(written, viewpoint.perspective());
    }

    private @Nullable Routes routes(PreparedTexts.Text text) {
        return routes(text.routes(), text.body());
    }

    @Nullable
    Routes routes(RoutesMemo memo, byte[] body) {
        return viewpoint.isUnsettled() ? null : finder.find(memo, body, viewpoint.perspective());
    }

    private Step parse(ClientMessage message) {
        int nameEnd = message.isWhole() ? message.textEnd(message.body()) : -1;
        int textEnd = nameEnd < 0 ? -1 : message.textEnd(nameEnd + 1);
        if (textEnd < 0 || message.end() - textEnd <= Short.BYTES) {
            return movement.withoutText(message);
        }
        int length = textEnd - nameEnd - 1;
        Routes routes = viewpoint.isUnsettled()
                ? null
                : finder.find(message.in(), nameEnd + 1, length, viewpoint.perspective());
        return withRoute(message, routes, statement -> parse(message, nameEnd, statement));
    }

    private Step parse(ClientMessage message, int nameEnd, RoutedStatement statement) {
        boolean isPrepared = isLocal(statement) || (session.backend() == null && chorus.isPlain(statement));
        if (!isPrepared) {
            return go(message, PreparePlan.of(message, nameEnd, statement.route(), parameters));
        }
        return texts.isFree(message, nameEnd)
                ? locally(message, () -> {
                    texts.prepare(message, nameEnd, requests.changes(message.in(), nameEnd + 1, message.end()));
                    answers.parsed();
                })
                : movement.refuse(message, StatementErrors.exists(message.name(message.body(), nameEnd)));
    }

    private boolean isLocal(RoutedStatement statement) {
        return local.has(statement, session.backend() != null);
    }

    /// Answers a message when everything before it has been answered.
    private Step locally(ClientMessage message, Runnable answer) {
        Backend backend = session.backend();
        Step settled = movement.settle(message);
        if (settled != Step.READY) {
            return settled;
        }
        if (backend != null && backend.status() == TransactionStatus.FAILED) {
            return movement.refuse(message, RouteErrors.inFailedTransaction());
        }
        answer.run();
        return Step.ANSWERED;
    }

    private Step bind(ClientMessage message) {
        int portalEnd = message.textEnd(message.body());
        int name = portalEnd + 1;
        int nameEnd = portalEnd < 0 ? -1 : message.textEnd(name);
        if (nameEnd < 0) {
            return movement.withoutText(message);
        }
        PreparedTexts.Text text = texts.find(message.in(), name, nameEnd - name);
        return text == null
                ? movement.goTo(message, Movement.ANY)
                : withRoute(message, routes(text), statement -> bind(message, portalEnd, text, statement));
    }

    private Step bind(ClientMessage message, int portalEnd, PreparedTexts.Text text, RoutedStatement statement) {
        if (transaction.isSpread()) {
            boolean hasValues = consequences.hasValues(message, statement.session(), text);
            if (chorus.concerns(statement, hasValues)) {
                return chorus.bind(message, statement, text, hasValues);
            }
        }
        if (isLocal(statement)) {
            return bindLocally(message, message.name(message.body(), portalEnd), text, statement);
        }
        catalogChanges.runs(statement);
        Step step = goWithValues(message, statement, text);
        if (step == Step.READY) {
            closeLocally(message, portalEnd);
            consequences.binds(message, portalEnd, statement, text);
        }
        return step;
    }

    /// The server gets a portal of a name that one of ours may have.
    private void closeLocally(ClientMessage bind, int portalEnd) {
        if (local.hasPortals()) {
            local.close(bind.name(bind.body(), portalEnd));
        }
    }

    private Step bindOnSeveralShards(ClientMessage message, Plan plan, PreparedTexts.Text text) {
        if (!message.isWhole()) {
            return Step.WAIT;
        }
        Step step = fanOut.bind(message, plan, text);
        if (step == Step.ANSWERED) {
            closeLocally(message, message.textEnd(message.body()));
        }
        return step;
    }

    private Step bindLocally(ClientMessage message, String portal, PreparedTexts.Text text, RoutedStatement statement) {
        return switch (parameters.read(message, text.body(), statement.route().lastParameter())) {
            case DONE ->
                parameters.count() < statement.route().lastParameter()
                        ? movement.refuse(message, StatementErrors.unbound(parameters.count(), statement.route()))
                        : locally(message, () -> local.bind(portal, statement, parameters, text.statement()));
            case PARTIAL -> Step.WAIT;
            case BROKEN -> movement.goTo(message, Movement.ANY);
        };
    }

    private Step goWithValues(ClientMessage message, RoutedStatement statement, PreparedTexts.Text text) {
        Route route = statement.route();
        return switch (parameters.read(message, text.body(), route.lastParameter())) {
            case DONE -> {
                Plan plan = route.plan(parameters);
                session.meter().concerns(statement, plan);
                yield FanOut.isFor(plan) ? bindOnSeveralShards(message, plan, text) : go(message, statement, plan);
            }
            case PARTIAL -> Step.WAIT;
            case BROKEN -> movement.goTo(message, Movement.ANY);
        };
    }

    private Step describe(ClientMessage message) {
        int name = message.body() + 1;
        int nameEnd = message.isWhole() ? message.textEnd(name) : -1;
        if (nameEnd < 0) {
            return movement.withoutText(message);
        }
        if (message.in().getByte(message.body()) != 'S') {
            String portal = message.name(name, nameEnd);
            return local.hasPortal(portal)
                    ? locally(message, () -> local.describePortal(portal))
                    : movement.goTo(message, Math.max(Movement.ANY, transaction.placeOf(portal)));
        }
        PreparedTexts.Text text = texts.find(message.in(), name, nameEnd - name);
        return text == null
                ? movement.goTo(message, Movement.ANY)
                : withRoute(message, routes(text), statement -> describe(message, text, statement));
    }

    private Step describe(ClientMessage message, PreparedTexts.Text text, RoutedStatement statement) {
        return isLocal(statement) || (session.backend() == null && chorus.isPlain(statement))
                ? locally(
                        message,
                        () -> local.describe(
                                statement, FanRequest.parse(text.body()).parameterTypes()))
                : go(message, statement.route().description());
    }

    private Step close(ClientMessage message) {
        if (session.backend() != null && !transaction.hasCursors()) {
            return Step.READY;
        }
        if (!message.isWhole()) {
            return Step.WAIT;
        }
        int name = message.body() + 1;
        int nameEnd = message.textEnd(name);
        if (nameEnd < 0) {
            return movement.goTo(message, Movement.ANY);
        }
        byte kind = message.in().getByte(message.body());
        if (kind == 'P') {
            Step step = portals.close(message, message.name(name, nameEnd));
            if (step != Step.ANSWERED) {
                return step;
            }
        } else if (kind == 'S' && session.backend() == null) {
            texts.close(message.in(), name, nameEnd - name);
        } else {
            return movement.goTo(message, Movement.ANY);
        }
        answers.closed();
        return Step.ANSWERED;
    }

    /// What becomes of a message whose text has no routes yet.
    Step unread(ClientMessage message) {
        Throwable problem = finder.takeProblem();
        return problem == null ? Step.STALLED : movement.refuse(message, RouteErrors.bug(problem));
    }

    /// Goes where a statement runs; to where its cursor is, if it is about one.
    private Step go(ClientMessage message, RoutedStatement statement, Plan plan) {
        int place = transaction.placeOf(statement.session());
        return place == Movement.ANY || movement.hasFailed() ? go(message, plan) : movement.goTo(message, place);
    }

    Step go(ClientMessage message, Plan plan) {
        if (movement.hasFailed()) {
            return movement.stay(message);
        }
        if (catalogChanges.mayBeOutdated(plan)) {
            return Step.STALLED;
        }
        if (viewpoint.isLost() && !(plan instanceof Plan.OnAnyShard)) {
            return movement.refuse(message, RouteErrors.meaningLost());
        }
        return switch (plan) {
            case Plan.OnShard(ShardId shard, Access access) -> {
                if (database.isTooOld(session.backend()) || transaction.anyBackend(database::isTooOld)) {
                    yield movement.refuseWhenSettled(message, RouteErrors.placementChanged());
                }
                yield access == Access.WRITE
                        ? movement.write(message, shard.index())
                        : movement.goTo(message, shard.index());
            }
            case Plan.OnAnyShard _ -> movement.goTo(message, Movement.ANY);
            case Plan.Refused refused -> postponement.refuse(message, refused);
            case Plan.Scatter _, Plan.Gather _, Plan.Everywhere _ -> movement.goTo(message, Movement.ANY);
        };
    }
}
