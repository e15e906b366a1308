package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.client.Steering.Step;
import dev.pgbraid.proxy.session.ClientStatements;
import dev.pgbraid.proxy.session.Outcome;
import dev.pgbraid.proxy.session.PreparedStatement;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.RoutesMemo;
import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.Routes;
import dev.pgbraid.router.WrittenParameters;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.session.SessionStatement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs `PREPARE` and `EXECUTE` that are all of a simple query.
///
/// What is prepared by SQL is one of the client's statements like those that it prepares by the protocol: backends get
/// it when it is used there.
final class SqlStatements {
    private static final Outcome NOTHING = new Outcome() {};

    private final Session session;
    private final ClientRequests requests;
    private final Routing routing;
    private final Worker worker;

    SqlStatements(Session session, ClientRequests requests, Routing routing, Worker worker) {
        this.session = session;
        this.requests = requests;
        this.routing = routing;
        this.worker = worker;
    }

    /// Whether this is about a statement of the client's, which the server is not to know by the client's name for it.
    ///
    /// @param plan where it runs as it is; a hint can say that it is one shard
    boolean isFor(RoutedStatement statement, Plan plan) {
        return switch (statement.session()) {
            case SessionStatement.Prepare _ -> !(plan instanceof Plan.OnShard);
            case SessionStatement.Execute(String name, var _) -> !(plan instanceof Plan.OnShard) && find(name) != null;
            default -> false;
        };
    }

    /// Runs it as soon as that is possible.
    Step query(ClientMessage message, RoutedStatement statement, byte[] text) {
        return statement.session() instanceof SessionStatement.Prepare prepare
                ? prepare(message, prepare, text)
                : statement.session() instanceof SessionStatement.Execute execute
                        ? execute(message, execute, text)
                        : Step.READY;
    }

    private Tokens tokens(byte[] text) {
        return new Lexer().read(text, 0, text.length, rules());
    }

    private TextRules rules() {
        return session.belongings().rules();
    }

    private byte[] bytes(String name) {
        return name.getBytes(rules().charset());
    }

    /// The client's statement of a name in SQL.
    private PreparedTexts.@Nullable Text find(String name) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes(name));
        return in.isReadable() ? routing.texts().find(in, 0, in.readableBytes()) : null;
    }

    private Step prepare(ClientMessage message, SessionStatement.Prepare prepare, byte[] text) {
        if (prepare.name().startsWith(PreparedStatement.PREFIX)) {
            return routing.movement().refuse(message, StatementErrors.reservedName());
        }
        Optional<List<Integer>> types = routing.declaredTypes(prepare.types());
        if (types.isEmpty()) {
            return routing.movement().refuse(message, StatementErrors.foreignType());
        }
        byte[] body = body(text, prepare, types.get());
        Routes routes = routing.routes(new RoutesMemo(), body);
        if (routes == null) {
            return routing.unread(message);
        }
        RoutedStatement inner = routes.statements().getFirst();
        if (isOwn(inner)) {
            return routing.movement().refuse(message, StatementErrors.notBySql("PREPARE"));
        }
        Step step = routing.go(message, PreparePlan.of(inner.route()));
        return step == Step.READY ? prepare(message, prepare.name(), body) : step;
    }

    private static boolean isOwn(RoutedStatement statement) {
        return statement.explainsRoute() || statement.ownCall().isPresent();
    }

    /// Text and parameter types of what is prepared, as in Parse.
    private byte[] body(byte[] text, SessionStatement.Prepare prepare, List<Integer> types) {
        Tokens tokens = tokens(text);
        byte[] statement =
                Arrays.copyOfRange(text, tokens.start(prepare.statementToken()), tokens.end(tokens.tokensEnd(0) - 1));
        ByteBuffer body = ByteBuffer.allocate(statement.length + 1 + Short.BYTES + Integer.BYTES * types.size());
        body.put(statement).put((byte) 0).putShort((short) types.size());
        types.forEach(body::putInt);
        return body.array();
    }

    private Step prepare(ClientMessage message, String name, byte[] body) {
        Step ready = makeReady(message, name);
        if (ready != Step.READY) {
            return ready;
        }
        ClientStatements statements = requests.statements();
        Optional<ErrorFields> problem = problem(name, statements);
        if (problem.isPresent()) {
            return routing.movement().refuse(message, problem.get());
        }
        Backend backend = session.attachedBackend();
        PreparedStatement statement =
                worker.statements().unshared(body, requests.changes(Unpooled.wrappedBuffer(body), 0, body.length));
        ClientStatements.Change change = statements.prepare(bytes(name), statement, backend.batch());
        backend.statements().prepareBySql(statement, change);
        change.describedBy(backend.statements().use(statement));
        session.answerInTurn(Response.PREPARE_FROM_PROXY, NOTHING);
        routing.texts().endUnnamed();
        backend.writer().append(ClientMessage.HEADER_BYTES).writeByte('S').writeInt(4);
        requests.sync(backend);
        return Step.ANSWERED;
    }

    private Optional<ErrorFields> problem(String name, ClientStatements statements) {
        if (session.attachedBackend().status() == TransactionStatus.FAILED) {
            return Optional.of(RouteErrors.inFailedTransaction());
        }
        if (find(name) != null) {
            return Optional.of(StatementErrors.exists(name));
        }
        int max = worker.limits().clientPreparedStatementsMax();
        return statements.size() >= max ? Optional.of(StatementErrors.tooMany(max)) : Optional.empty();
    }

    private Step execute(ClientMessage message, SessionStatement.Execute execute, byte[] query) {
        PreparedTexts.Text text = find(execute.name());
        if (text == null || text.named() == null) {
            throw new IllegalStateException("there was a statement a moment ago");
        }
        Routes routes = routing.routes(text.routes(), text.body());
        if (routes == null) {
            return routing.unread(message);
        }
        RoutedStatement inner = routes.statements().getFirst();
        if (routing.chorus().concerns(inner, !execute.arguments().isEmpty())) {
            return routing.movement().refuseWhenSettled(message, RouteErrors.aloneInSpread());
        }
        Optional<ErrorFields> miscounted = miscounted(execute, text.named());
        if (isOwn(inner) || !(inner.session() instanceof SessionStatement.Other)) {
            return routing.movement().refuse(message, StatementErrors.notBySql("EXECUTE"));
        }
        return miscounted.isPresent()
                ? routing.movement().refuse(message, miscounted.get())
                : execute(message, execute, execution(text.named(), query), inner);
    }

    private Step execute(
            ClientMessage message, SessionStatement.Execute execute, SqlExecution execution, RoutedStatement inner) {
        Optional<WrittenParameters> values = constants(execute, execution.named());
        if (values.isEmpty() && inner.route().lastParameter() > 0) {
            return routing.movement().refuse(message, StatementErrors.variableArgument());
        }
        Plan plan = inner.route().plan(values.<Parameters>map(given -> given).orElse(Parameters.NONE));
        session.meter().concerns(inner, plan);
        if (values.isEmpty() && FanOut.isFor(plan)) {
            return routing.movement().refuse(message, StatementErrors.variableArgument());
        }
        if (FanOut.isFor(plan)) {
            return routing.fanOut()
                    .query(message, plan, () -> new FanRequest.Execution(execution, values.orElseThrow()));
        }
        Step step = routing.go(message, plan);
        return step == Step.READY ? send(message, execute, execution, inner) : step;
    }

    private static Optional<ErrorFields> miscounted(SessionStatement.Execute execute, ClientStatements.Named named) {
        int given = execute.arguments().size();
        return named.description()
                .parameterDescription()
                .map(parameters -> parameters.parameterTypes().size())
                .filter(expected -> expected != given)
                .map(expected -> StatementErrors.miscounted(execute.name(), expected, given));
    }

    private Optional<WrittenParameters> constants(SessionStatement.Execute execute, ClientStatements.Named named) {
        byte[] body = named.statement().body();
        return WrittenParameters.read(
                execute.arguments(), FanRequest.parse(body).parameterTypes(), rules());
    }

    private SqlExecution execution(ClientStatements.Named named, byte[] query) {
        int name = tokens(query).firstToken(0) + 1;
        return new SqlExecution(
                named, ByteString.copyOf(Arrays.copyOfRange(query, tokens(query).end(name), query.length)));
    }

    private Step send(
            ClientMessage message, SessionStatement.Execute execute, SqlExecution execution, RoutedStatement inner) {
        Step ready = makeReady(message, execute.name());
        PreparedTexts.Text text = find(execute.name());
        if (ready != Step.READY || text == null) {
            return ready;
        }
        Backend backend = session.attachedBackend();
        routing.consequences().runs(inner, text, !execute.arguments().isEmpty());
        requests.runs(backend, execution.named().statement().changes());
        execution.send(backend, backend.unnamed().endByQuery(requests.unnamed()));
        return Step.ANSWERED;
    }

    /// READY when the backend can be sent something for a statement of the client's in place of the message.
    private Step makeReady(ClientMessage message, String name) {
        Backend backend = session.attachedBackend();
        byte[] bytes = bytes(name);
        if (message.reader().mustSettleFirst()
                || !requests.isSettled(backend, Unpooled.wrappedBuffer(bytes), 0, bytes.length)) {
            return Step.STALLED;
        }
        if (backend.isBatchOpen()) {
            Step settled = routing.movement().settle(message);
            if (settled != Step.READY) {
                return settled;
            }
            message.reader().handOver(message.in());
            backend.syncForProxy();
        }
        message.reader().handOver(message.in());
        return Step.READY;
    }
}
