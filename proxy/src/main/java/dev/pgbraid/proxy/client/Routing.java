package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.RoutesMemo;
import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.Routes;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.plan.Route;
import dev.pgbraid.router.session.SessionStatement;
import dev.pgbraid.router.sharding.ShardId;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Steers a session whose database has several shards.
///
/// It has one backend at a time, and gets one on another shard when it is done with the one it has. While a statement
/// runs on several shards it has none.
final class Routing implements Steering {
    private static final int HOME = 0;

    private final Session session;
    private final ClientRequests requests;
    private final RoutedDatabase database;
    private final PreparedTexts texts;
    private final RouteFinder finder;
    private final Viewpoint viewpoint;
    private final CatalogChanges catalogChanges;
    private final HeldTransaction held = new HeldTransaction();
    private final LocalAnswers answers;
    private final LocalStatements local;
    private final Movement movement;
    private final FanOut fanOut;
    private final OwnCalls ownCalls;
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
        this.local = new LocalStatements(answers, held, database, viewpoint);
        this.movement = new Movement(session, requests, held);
        this.fanOut = new FanOut(session, texts, movement, catalogChanges, database, viewpoint);
        this.ownCalls = new OwnCalls(session, database, movement, held, answers);
        this.postponement = new Postponement(session, database, movement);
        this.sqlStatements = new SqlStatements(session, requests, this, worker);
    }

    @Override
    public TransactionStatus status() {
        Backend backend = session.backend();
        return backend == null ? held.status() : backend.status();
    }

    @Override
    public void attached(Backend backend) {
        held.begin(backend, session.belongings());
    }

    @Override
    public void detached() {
        local.closeAll();
        if (!held.isHeld()) {
            held.end();
            viewpoint.transactionEnded();
            catalogChanges.transactionEnded();
        }
    }

    @Override
    public void refused() {
        held.fail();
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
        if (backend != null && backend.isBetweenTransactions()) {
            viewpoint.transactionEnded();
        }
        ClientMessage message = new ClientMessage(reader, in, at, bytes, here);
        Step step = fanOut.hasPortal() ? fanOut.afterPortal(message) : steer(message);
        if (step != Step.STALLED) {
            movement.arrived();
        }
        return step;
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
            case 'E' -> execute(message);
            case 'C' -> close(message);
            case 'F' -> movement.goTo(message, HOME);
            case 'S' -> sync();
            default -> Step.READY;
        };
    }

    private Step sync() {
        if (session.backend() == null && !held.isHeld()) {
            local.closeAll();
        }
        return Step.READY;
    }

    // Messages.

    private Step query(ClientMessage message) {
        int textEnd = message.isWhole() ? message.textEnd(message.body()) : -1;
        if (textEnd < 0) {
            return withoutText(message);
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
                : queryOfSeveral(message, Plans.together(routes), textEnd);
    }

    private Step query(ClientMessage message, RoutedStatement statement, int textEnd) {
        if (mustBeDetached(statement)) {
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
        if (FanOut.isFor(plan)) {
            return fanOut.query(message, plan, textEnd);
        }
        Step step = go(message, plan);
        if (step == Step.READY) {
            runs(message, statement, textEnd);
        }
        return step;
    }

    private Step queryOfSeveral(ClientMessage message, Plan plan, int textEnd) {
        if (FanOut.isFor(plan)) {
            return fanOut.query(message, plan, textEnd);
        }
        Step step = go(message, plan);
        if (step == Step.READY) {
            held.end();
        }
        return step;
    }

    /// A message that is not whole, or has no text where one should be.
    private Step withoutText(ClientMessage message) {
        return message.here() < message.bytes() ? Step.WAIT : movement.goTo(message, Movement.ANY);
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
        return mustBeDetached(statement) ? Step.STALLED : then.apply(statement);
    }

    // What statements of SQL that are prepared need.

    PreparedTexts texts() {
        return texts;
    }

    Movement movement() {
        return movement;
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
            return withoutText(message);
        }
        int length = textEnd - nameEnd - 1;
        Routes routes = viewpoint.isUnsettled()
                ? null
                : finder.find(message.in(), nameEnd + 1, length, viewpoint.perspective());
        return withRoute(message, routes, statement -> parse(message, nameEnd, statement));
    }

    private Step parse(ClientMessage message, int nameEnd, RoutedStatement statement) {
        if (!isLocal(statement)) {
            return go(message, PreparePlan.of(message, nameEnd, statement.route(), parameters));
        }
        return texts.isFree(message, nameEnd)
                ? locally(message, () -> {
                    texts.prepare(message, nameEnd);
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
            return withoutText(message);
        }
        PreparedTexts.Text text = texts.find(message.in(), name, nameEnd - name);
        return text == null
                ? movement.goTo(message, Movement.ANY)
                : withRoute(message, routes(text), statement -> bind(message, portalEnd, text, statement));
    }

    private Step bind(ClientMessage message, int portalEnd, PreparedTexts.Text text, RoutedStatement statement) {
        if (isLocal(statement)) {
            return bindLocally(message, message.name(message.body(), portalEnd), text, statement);
        }
        catalogChanges.runs(statement);
        Step step = goWithValues(message, statement.route(), text);
        if (step == Step.READY) {
            closeLocally(message, portalEnd);
            binds(message, statement, text);
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

    private Step goWithValues(ClientMessage message, Route route, PreparedTexts.Text text) {
        return switch (parameters.read(message, text.body(), route.lastParameter())) {
            case DONE -> {
                Plan plan = route.plan(parameters);
                yield FanOut.isFor(plan) ? bindOnSeveralShards(message, plan, text) : go(message, plan);
            }
            case PARTIAL -> Step.WAIT;
            case BROKEN -> movement.goTo(message, Movement.ANY);
        };
    }

    private Step describe(ClientMessage message) {
        int name = message.body() + 1;
        int nameEnd = message.isWhole() ? message.textEnd(name) : -1;
        if (nameEnd < 0) {
            return withoutText(message);
        }
        if (message.in().getByte(message.body()) != 'S') {
            String portal = message.name(name, nameEnd);
            return local.hasPortal(portal)
                    ? locally(message, () -> local.describePortal(portal))
                    : movement.goTo(message, Movement.ANY);
        }
        PreparedTexts.Text text = texts.find(message.in(), name, nameEnd - name);
        return text == null
                ? movement.goTo(message, Movement.ANY)
                : withRoute(message, routes(text), statement -> describe(message, text, statement));
    }

    private Step describe(ClientMessage message, PreparedTexts.Text text, RoutedStatement statement) {
        return isLocal(statement)
                ? locally(
                        message,
                        () -> local.describe(
                                statement, FanRequest.parse(text.body()).parameterTypes()))
                : go(message, statement.route().description());
    }

    private Step execute(ClientMessage message) {
        if (!local.hasPortals()) {
            return movement.goTo(message, Movement.ANY);
        }
        int nameEnd = message.isWhole() ? message.textEnd(message.body()) : -1;
        if (nameEnd < 0) {
            return withoutText(message);
        }
        String portal = message.name(message.body(), nameEnd);
        if (!local.hasPortal(portal)) {
            return movement.goTo(message, Movement.ANY);
        }
        Optional<LocalStatements.Call> call = local.call(portal);
        if (call.isPresent()) {
            return execute(message, portal, call.get());
        }
        Step settled = movement.settle(message);
        if (settled != Step.READY) {
            return settled;
        }
        return local.execute(portal) ? Step.ANSWERED : movement.refuse(message, StatementErrors.portalIsDone(portal));
    }

    private Step execute(ClientMessage message, String portal, LocalStatements.Call call) {
        Step step = ownCalls.run(message, call.function(), call.text().toByteArray(), viewpoint.perspective());
        if (step == Step.ANSWERED) {
            local.close(portal);
        }
        return step;
    }

    private Step close(ClientMessage message) {
        if (session.backend() != null) {
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
        switch (message.in().getByte(message.body())) {
            case 'S' -> texts.close(message.in(), name, nameEnd - name);
            case 'P' -> local.close(message.name(name, nameEnd));
            default -> {
                return movement.goTo(message, Movement.ANY);
            }
        }
        answers.closed();
        return Step.ANSWERED;
    }

    /// What becomes of a message whose text has no routes yet.
    Step unread(ClientMessage message) {
        Throwable problem = finder.takeProblem();
        return problem == null ? Step.STALLED : movement.refuse(message, RouteErrors.bug(problem));
    }

    /// Whether a transaction begins that must not be the backend's before that one has answered what it was asked.
    private boolean mustBeDetached(RoutedStatement statement) {
        Backend backend = session.backend();
        return backend != null && statement.session() instanceof SessionStatement.Begin && backend.isBatchUnanswered();
    }

    Step go(ClientMessage message, Plan plan) {
        Backend backend = session.backend();
        if (backend == null && held.isFailed()) {
            return movement.refuse(message, RouteErrors.inFailedTransaction());
        }
        if (backend != null && backend.status() == TransactionStatus.FAILED) {
            held.end();
            return Step.READY;
        }
        if (catalogChanges.mayBeOutdated(plan)) {
            return Step.STALLED;
        }
        if (viewpoint.isLost() && !(plan instanceof Plan.OnAnyShard)) {
            return movement.refuse(message, RouteErrors.meaningLost());
        }
        return switch (plan) {
            case Plan.OnShard(ShardId shard, var _) ->
                database.isTooOld(backend)
                        ? movement.refuseWhenSettled(message, RouteErrors.placementChanged())
                        : movement.goTo(message, shard.index());
            case Plan.OnAnyShard _ -> movement.goTo(message, Movement.ANY);
            case Plan.Refused refused -> postponement.refuse(message, refused);
            case Plan.Scatter _, Plan.Gather _, Plan.Everywhere _ -> movement.goTo(message, Movement.ANY);
        };
    }

    // What it means for those that follow.

    /// A statement is sent that has no values of parameters.
    private void runs(ClientMessage query, RoutedStatement statement, int textEnd) {
        // Between transactions the server is asked afterwards.
        if (session.attachedBackend().status() == TransactionStatus.IDLE && !held.isMovable()) {
            return;
        }
        Supplier<byte[]> text = () -> query.copy(query.body(), textEnd);
        viewpoint.runs(statement.session(), text);
        if (held.isMovable()) {
            held.runs(statement.session(), text, false, requests.changes(query.in(), query.body(), query.end()));
        }
    }

    private void binds(ClientMessage bind, RoutedStatement statement, PreparedTexts.Text text) {
        boolean hasValues = held.isMovable()
                && parameters.read(bind, text.body(), 0) == BoundParameters.Reading.DONE
                && parameters.count() > 0;
        runs(statement, text, hasValues);
    }

    /// A prepared statement is run.
    void runs(RoutedStatement statement, PreparedTexts.Text text, boolean hasValues) {
        viewpoint.runs(statement.session(), text::statement);
        if (held.isMovable()) {
            held.runs(statement.session(), text::statement, hasValues, text.changes());
        }
    }
}
