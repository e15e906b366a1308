package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.SessionChanges;
import dev.pgbraid.proxy.session.SessionEvent;
import dev.pgbraid.proxy.session.StatementCache;
import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.Routes;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.plan.Route;
import dev.pgbraid.router.session.SessionStatement;
import dev.pgbraid.router.sharding.ShardId;
import io.netty.buffer.ByteBuf;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Decides where the messages of a session go whose database has several shards, one by one before they are handled,
/// and sees to it that the session has a backend there.
///
/// A session has one backend at a time, and gets one on another shard when it is done with the one it has.
final class Routing {
    private static final int HOME = 0;
    private static final int ANY = -1;

    /// What becomes of a message.
    enum Step {
        /// It can be handled.
        READY,
        /// More of it must be here, or a backend.
        WAIT,
        /// Something that was asked before has to be answered.
        STALLED,
        /// It was answered, or something was sent in its place.
        ANSWERED
    }

    private final Session session;
    private final ClientRequests requests;
    private final PreparedTexts texts;
    private final RouteFinder finder;
    private final Viewpoint viewpoint;
    private final HeldTransaction held = new HeldTransaction();
    private final LocalAnswers answers;
    private final LocalStatements local;
    private final BoundParameters parameters = new BoundParameters();

    /// Whether the server was asked for the answers that are waited for.
    private boolean flushed;

    Routing(Session session, ClientRequests requests, RoutedDatabase database, StatementCache cache) {
        this.session = session;
        this.requests = requests;
        this.texts = new PreparedTexts(requests, cache);
        this.finder = new RouteFinder(session, database);
        this.viewpoint = new Viewpoint(session);
        this.answers = new LocalAnswers(session.writer());
        this.local = new LocalStatements(answers, held);
    }

    /// Where the transaction of the session stands while it has no backend.
    TransactionStatus status() {
        return held.status();
    }

    /// A backend was lent.
    void attached(Backend backend) {
        held.begin(backend, session.belongings());
    }

    /// The backend goes back.
    void detached() {
        local.closeAll();
        if (!held.isHeld()) {
            held.end();
            viewpoint.transactionEnded();
        }
    }

    /// A statement of the session has failed that no backend had seen.
    void refused() {
        held.fail();
    }

    /// Decides about the message at `at`, of which `here` of its `bytes` have arrived.
    Step steer(ClientReader reader, ByteBuf in, int at, int bytes, int here) {
        Backend backend = session.backend();
        if (finder.isReading()) {
            return Step.STALLED;
        }
        if (session.isDiscarding()
                || (backend != null
                        && (backend.responses().isSkippingToSync()
                                || backend.responses().isCopyingIn()))) {
            return Step.READY;
        }
        ClientMessage message = new ClientMessage(reader, in, at, bytes, here);
        Step step = switch (message.tag()) {
            case 'Q' -> query(message);
            case 'P' -> parse(message);
            case 'B' -> bind(message);
            case 'D' -> describe(message);
            case 'E' -> execute(message);
            case 'C' -> close(message);
            case 'F' -> goTo(message, HOME);
            case 'S' -> {
                if (backend == null && !held.isHeld()) {
                    local.closeAll();
                }
                yield Step.READY;
            }
            default -> Step.READY;
        };
        flushed &= step == Step.STALLED;
        return step;
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
        return routes.count() == 1
                ? query(message, routes.statements().getFirst(), message.copy(message.body(), textEnd))
                : queryOfSeveral(message, Plans.together(routes));
    }

    private Step query(ClientMessage message, RoutedStatement statement, byte[] text) {
        if (mustBeDetached(statement)) {
            return Step.STALLED;
        }
        if (session.backend() == null && local.query(statement, text)) {
            session.sendReady();
            return Step.ANSWERED;
        }
        Step step = go(message, statement.route().plan(Parameters.NONE));
        if (step == Step.READY) {
            runs(statement, text, false, requests.changes(message.in(), message.body(), message.end()));
        }
        return step;
    }

    private Step queryOfSeveral(ClientMessage message, Plan plan) {
        Step step = go(message, plan);
        if (step == Step.READY) {
            held.end();
        }
        return step;
    }

    /// A message that is not whole, or has no text where one should be.
    private Step withoutText(ClientMessage message) {
        return message.here() < message.bytes() ? Step.WAIT : goTo(message, ANY);
    }

    /// Goes on with the only statement of a text when its route is known.
    private Step withRoute(ClientMessage message, @Nullable Routes routes, Function<RoutedStatement, Step> then) {
        if (routes == null) {
            return unread(message);
        }
        if (routes.count() != 1) {
            return goTo(message, ANY);
        }
        RoutedStatement statement = routes.statements().getFirst();
        return mustBeDetached(statement) ? Step.STALLED : then.apply(statement);
    }

    private @Nullable Routes routes(PreparedTexts.Text text) {
        return viewpoint.isUnsettled() ? null : finder.find(text.routes(), text.body(), viewpoint.perspective());
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
        if (session.backend() != null || !local.has(statement)) {
            return go(message, whereToPrepare(message, nameEnd, statement.route()));
        }
        return texts.prepare(message, nameEnd)
                ? answered(answers::parsed)
                : refuse(message, StatementErrors.exists(message.name(message.body(), nameEnd)));
    }

    /// Where the first Bind of a statement wants it, if that has arrived already, or else where it can be described.
    private Plan whereToPrepare(ClientMessage parse, int nameEnd, Route route) {
        if (route.lastParameter() == 0) {
            return route.plan(Parameters.NONE);
        }
        ClientMessage next = parse.next();
        while (next != null && (next.tag() == 'D' || next.tag() == 'H')) {
            next = next.next();
        }
        if (next != null && next.tag() == 'B') {
            byte[] body = parse.copy(nameEnd + 1, parse.end());
            if (parameters.read(next, body, route.lastParameter()) == BoundParameters.Reading.DONE) {
                Plan plan = route.plan(parameters);
                return plan instanceof Plan.OnShard ? plan : route.description();
            }
        }
        return route.description();
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
                ? goTo(message, ANY)
                : withRoute(message, routes(text), statement -> bind(message, portalEnd, text, statement));
    }

    private Step bind(ClientMessage message, int portalEnd, PreparedTexts.Text text, RoutedStatement statement) {
        String portal = message.name(message.body(), portalEnd);
        if (session.backend() == null && local.has(statement)) {
            local.bind(portal, statement, text.statement());
            return Step.ANSWERED;
        }
        Step step = goWithValues(message, statement.route(), text.body());
        if (step == Step.READY) {
            local.close(portal);
            boolean hasValues =
                    parameters.read(message, text.body(), 0) == BoundParameters.Reading.DONE && parameters.count() > 0;
            runs(statement, text.statement(), hasValues, text.changes());
        }
        return step;
    }

    private Step goWithValues(ClientMessage message, Route route, byte[] body) {
        if (route.lastParameter() == 0) {
            return go(message, route.plan(Parameters.NONE));
        }
        return switch (parameters.read(message, body, route.lastParameter())) {
            case DONE -> go(message, route.plan(parameters));
            case PARTIAL -> Step.WAIT;
            case BROKEN -> goTo(message, ANY);
        };
    }

    private Step describe(ClientMessage message) {
        int name = message.body() + 1;
        int nameEnd = message.isWhole() ? message.textEnd(name) : -1;
        if (nameEnd < 0) {
            return withoutText(message);
        }
        if (message.in().getByte(message.body()) != 'S') {
            boolean isLocal = session.backend() == null && local.hasPortal(message.name(name, nameEnd));
            return isLocal ? answered(answers::hasNoData) : goTo(message, ANY);
        }
        PreparedTexts.Text text = texts.find(message.in(), name, nameEnd - name);
        return text == null
                ? goTo(message, ANY)
                : withRoute(message, routes(text), statement -> describe(message, statement));
    }

    private Step describe(ClientMessage message, RoutedStatement statement) {
        if (session.backend() != null || !local.has(statement)) {
            return go(message, statement.route().description());
        }
        answers.hasNoParameters();
        return answered(answers::hasNoData);
    }

    private Step execute(ClientMessage message) {
        if (session.backend() != null) {
            return Step.READY;
        }
        if (!message.isWhole()) {
            return Step.WAIT;
        }
        int nameEnd = message.textEnd(message.body());
        String portal = nameEnd < 0 ? "" : message.name(message.body(), nameEnd);
        if (nameEnd < 0 || !local.hasPortal(portal)) {
            return goTo(message, ANY);
        }
        return local.execute(portal) ? Step.ANSWERED : refuse(message, StatementErrors.portalIsDone(portal));
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
            return goTo(message, ANY);
        }
        switch (message.in().getByte(message.body())) {
            case 'S' -> texts.close(message.in(), name, nameEnd - name);
            case 'P' -> local.close(message.name(name, nameEnd));
            default -> {
                return goTo(message, ANY);
            }
        }
        return answered(answers::closed);
    }

    private static Step answered(Runnable answer) {
        answer.run();
        return Step.ANSWERED;
    }

    // Where to.

    /// What becomes of a message whose text has no routes yet.
    private Step unread(ClientMessage message) {
        Throwable problem = finder.takeProblem();
        return problem == null ? Step.STALLED : refuse(message, RouteErrors.bug(problem));
    }

    /// Whether a transaction begins that must not be the backend's before that one has answered what it was asked.
    private boolean mustBeDetached(RoutedStatement statement) {
        Backend backend = session.backend();
        return backend != null && statement.session() instanceof SessionStatement.Begin && backend.isBatchUnanswered();
    }

    private Step go(ClientMessage message, Plan plan) {
        Backend backend = session.backend();
        if (backend == null && held.isFailed()) {
            return refuse(message, RouteErrors.inFailedTransaction());
        }
        if (backend != null && backend.status() == TransactionStatus.FAILED) {
            held.end();
            return Step.READY;
        }
        if (viewpoint.isLost() && !(plan instanceof Plan.OnAnyShard)) {
            return refuse(message, RouteErrors.meaningLost());
        }
        return switch (plan) {
            case Plan.OnShard(ShardId shard, var _) -> goTo(message, shard.index());
            case Plan.OnAnyShard _ -> goTo(message, ANY);
            case Plan.Refused refused -> refuse(message, RouteErrors.of(refused));
            case Plan.Scatter _, Plan.Everywhere _ -> refuse(message, RouteErrors.severalInTransaction());
        };
    }

    private Step goTo(ClientMessage message, int shard) {
        Backend backend = session.backend();
        if (backend == null) {
            session.shards().choose(shard == ANY ? HOME : shard);
            session.fire(SessionEvent.STATEMENT_ARRIVED);
            backend = session.backend();
        } else if (shard != ANY && session.shards().of(backend) != shard) {
            return change(message, backend, shard);
        }
        if (backend == null) {
            return Step.WAIT;
        }
        if (shard != ANY) {
            held.end();
        }
        return Step.READY;
    }

    /// Leaves a backend for one on another shard, as soon as that is possible.
    private Step change(ClientMessage message, Backend backend, int shard) {
        if (!backend.responses().isEmpty()) {
            awaitAnswers(message, backend);
            return Step.STALLED;
        }
        if (held.isMovable() && backend.status() != TransactionStatus.IDLE && !backend.hasRunInBatch()) {
            message.reader().handOver(message.in());
            held.leave(backend);
            return Step.STALLED;
        }
        boolean isBusy = backend.status() != TransactionStatus.IDLE || backend.hasRunInBatch();
        if (!isBusy) {
            session.freeBackend();
            if (session.backend() == null) {
                return goTo(message, shard);
            }
            if (!backend.responses().isEmpty()) {
                return Step.STALLED;
            }
        }
        String here = session.shards().name(session.shards().of(backend));
        String there = session.shards().name(shard);
        return refuse(
                message,
                isBusy
                        ? RouteErrors.secondShard(here, there)
                        : RouteErrors.tied(session.belongings().ties(), here, there));
    }

    private void awaitAnswers(ClientMessage message, Backend backend) {
        if (backend.isBatchOpen() && !flushed) {
            flushed = true;
            message.reader().handOver(message.in());
            backend.writer().append(ClientMessage.HEADER_BYTES).writeByte('H').writeInt(4);
        }
    }

    private Step refuse(ClientMessage message, ErrorFields error) {
        Backend backend = session.backend();
        if (backend == null) {
            session.refuse(error, message.isSimple());
            return Step.ANSWERED;
        }
        message.reader().handOver(message.in());
        backend.refuse(error);
        if (message.isSimple()) {
            backend.writer().append(ClientMessage.HEADER_BYTES).writeByte('S').writeInt(4);
            requests.sync(backend);
        }
        return Step.ANSWERED;
    }

    // What it means for those that follow.

    /// A statement is sent to the backend.
    private void runs(RoutedStatement statement, byte[] text, boolean hasParameters, SessionChanges changes) {
        Backend backend = session.backend();
        if (held.isMovable() || (backend != null && backend.status() != TransactionStatus.IDLE)) {
            viewpoint.runs(statement.session(), text);
        }
        if (held.isMovable()) {
            held.runs(statement.session(), text, hasParameters, changes);
        }
    }
}
