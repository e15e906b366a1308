package dev.pgbraid.proxy.client;

import dev.pgbraid.config.AdminConfig;
import dev.pgbraid.config.UserConfig;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.FrameDecoder;
import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.backend.AuthenticationOk;
import dev.pgbraid.protocol.backend.BackendKeyData;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.startup.CancelRequest;
import dev.pgbraid.protocol.startup.GssEncRequest;
import dev.pgbraid.protocol.startup.SslRequest;
import dev.pgbraid.protocol.startup.StartupMessage;
import dev.pgbraid.protocol.startup.StartupPacket;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.backend.Errors;
import dev.pgbraid.proxy.backend.OwnedBackend;
import dev.pgbraid.proxy.backend.ShardLogin;
import dev.pgbraid.proxy.console.Console;
import dev.pgbraid.proxy.login.Applicant;
import dev.pgbraid.proxy.login.LoginMethod;
import dev.pgbraid.proxy.login.Replication;
import dev.pgbraid.proxy.login.User;
import dev.pgbraid.proxy.net.ChannelWriter;
import dev.pgbraid.proxy.session.Belongings;
import dev.pgbraid.proxy.session.Settings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection from its first byte to the end of the login, when a [ClientHandler] takes its place.
///
/// It can also end as a request to cancel, with an error, or by the clock; each way closes the channel.
final class LoginHandler extends ChannelInboundHandlerAdapter implements Welcome.Listener {
    private static final Logger LOGGER = LoggerFactory.getLogger(LoginHandler.class);

    /// As in PostgreSQL, for the same message.
    private static final int PASSWORD_BYTES_MAX = 65535;

    private enum Phase {
        FIRST_BYTE,
        STARTUP,
        LOOKUP,
        PROOF,
        WELCOME,
        OVER
    }

    private final Gate gate;
    private final Worker worker;
    private final Console console;
    private final Encryption encryption;
    private final FrameDecoder decoder = FrameDecoder.ofClient(PASSWORD_BYTES_MAX);
    private @Nullable ChannelHandlerContext context;
    private @Nullable ChannelWriter writer;
    private @Nullable Future<?> timeout;
    private Phase phase = Phase.FIRST_BYTE;
    private boolean countedAsLogin;
    private boolean counted;
    private @Nullable LoginRequest login;
    private @Nullable LoginMethod method;
    private @Nullable Identity identity;
    private @Nullable List<BackendPool> pools;

    /// Lets go of what the login waits for.
    private Runnable pending = () -> {};

    /// @param console the admin database
    LoginHandler(Gate gate, Worker worker, Console console) {
        this.gate = gate;
        this.worker = worker;
        this.console = console;
        this.encryption = new Encryption(gate.tls());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        this.context = context;
        writer = new ChannelWriter(context.channel());
        long millis = worker.policy().timeouts().login().toMillis();
        timeout = context.executor().schedule(() -> timeOut(context), millis, TimeUnit.MILLISECONDS);
        countedAsLogin = gate.beginLogin(worker.limits().loginsMax());
        if (!countedAsLogin) {
            throw new ProxyException(
                    ErrorCode.TOO_MANY_LOGINS, "too many connections are logging in", "See limits.logins-max.");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (phase == Phase.OVER) {
            bytes.release();
            return;
        }
        if (phase == Phase.FIRST_BYTE && bytes.isReadable()) {
            phase = Phase.STARTUP;
            if (encryption.begins(context, bytes)) {
                return;
            }
        }
        decoder.feed(bytes);
        while (handleNext(context)) {}
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        writer().flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        over();
        pending.run();
        if (counted) {
            gate.leave();
            if (identity != null) {
                gate.leave(identity);
            }
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        switch (cause) {
            case ProtocolViolation violation ->
                fail(context, ErrorFields.error(Severity.FATAL, violation.sqlState(), violation.getMessage()));
            case ProxyException refusal -> {
                countFailure(refusal.code());
                fail(context, Errors.fields(refusal));
            }
            case IOException _ -> context.close();
            case DecoderException broken
            when broken.getCause() instanceof SSLException unsafe -> {
                LOGGER.atInfo()
                        .addKeyValue("client", context.channel().remoteAddress())
                        .log("TLS failed: {}", unsafe.getMessage());
                context.close();
            }
            default -> {
                LOGGER.atError()
                        .addKeyValue("client", context.channel().remoteAddress())
                        .setCause(cause)
                        .log("login");
                context.close();
            }
        }
    }

    private void countFailure(ErrorCode code) {
        if (login != null && (code == ErrorCode.LOGIN_REFUSED || code == ErrorCode.LOGIN_REJECTED)) {
            gate.throttle().failed(login.applicant().address());
        }
    }

    @Override
    public void welcomed(Greeting greeting) {
        worker.remember(logins(pools()), login().settings(), greeting);
        begin(greeting);
        writer().flush();
    }

    @Override
    public void refused(ErrorFields error) {
        fail(context(), Errors.as(Severity.FATAL, error));
    }

    private boolean handleNext(ChannelHandlerContext context) {
        if (phase == Phase.LOOKUP || phase == Phase.WELCOME || phase == Phase.OVER || !decoder.hasNext()) {
            return false;
        }
        try (Frame frame = decoder.next()) {
            switch (phase) {
                case STARTUP -> startup(context, StartupPacket.decode(frame.body("startup packet")));
                case PROOF -> follow(context, answered(frame));
                case FIRST_BYTE, LOOKUP, WELCOME, OVER -> throw new IllegalStateException("a message while " + phase);
            }
        }
        return true;
    }

    private void startup(ChannelHandlerContext context, StartupPacket packet) {
        switch (packet) {
            case SslRequest _ -> tlsAsked(context);
            case GssEncRequest _ -> writer().append(1).writeByte(encryption.answerGss(decoder.isEmpty()));
            case CancelRequest(CancelKey key) -> cancel(context, key);
            case StartupMessage message -> start(context, message);
        }
    }

    /// The client waits until the connection ends, and takes it that the request has been dealt with then.
    private void cancel(ChannelHandlerContext context, CancelKey key) {
        OptionalInt elsewhere = gate.cancelKeys().elsewhere(key);
        phase = Phase.OVER;
        if (elsewhere.isPresent()) {
            worker.cancelAtPeer(elsewhere.getAsInt(), CancelKeys.passedOn(key), context::close);
        } else {
            gate.cancelKeys().cancel(key, context::close);
        }
    }

    private void tlsAsked(ChannelHandlerContext context) {
        writer().append(1).writeByte(encryption.answerTls(decoder.isEmpty()));
        writer().flush();
        encryption.goOn(context);
    }

    private void start(ChannelHandlerContext context, StartupMessage message) {
        String user = StartupOptions.user(message);
        String database = StartupOptions.database(message, user);
        StartupOptions.negotiation(message).ifPresent(this::send);
        counted = gate.enter(worker.limits().clientsMax());
        if (!counted) {
            throw new ProxyException(
                    ErrorCode.TOO_MANY_CLIENTS, "sorry, too many clients already", "See limits.clients-max.");
        }
        Optional<SslHandler> tls = encryption.settled();
        gate.requireEncryption(tls.isPresent());
        Replication replication = StartupOptions.replication(message);
        if (replication == Replication.PHYSICAL) {
            database = worker.policy().databaseOfReplication(database);
        }
        Settings settings = worker.intern(StartupOptions.settings(message));
        InetSocketAddress address = (InetSocketAddress) context.channel().remoteAddress();
        Applicant applicant = Applicant.of(user, database, replication, address.getAddress(), tls);
        login = new LoginRequest(message.version(), applicant, settings);
        decoder.endStartup();
        gate.requireAdmitted(applicant);
        Optional<ShardLogin> where = worker.policy().userQueryLogin(database);
        if (where.isPresent()) {
            phase = Phase.LOOKUP;
            UserLookup.Asking asking = worker.lookup().ask(worker.pool(where.get()), user, new LookedUp(context));
            pending = asking::abandon;
            asking.begin();
        } else {
            prove(context, Optional.empty());
        }
    }

    /// Tells the client how to prove who it is.
    private void prove(ChannelHandlerContext context, Optional<User> lookedUp) {
        phase = Phase.PROOF;
        LoginMethod chosen = worker.policy().method(login().applicant(), lookedUp);
        method = chosen;
        follow(context, chosen.begin());
    }

    /// Goes on when the user has been looked up.
    private final class LookedUp implements UserQuery.Listener {
        private final ChannelHandlerContext context;

        LookedUp(ChannelHandlerContext context) {
            this.context = context;
        }

        @Override
        public void found(Optional<User> user) {
            try {
                prove(context, user);
                while (handleNext(context)) {}
                writer().flush();
            } catch (ProtocolViolation | ProxyException refusal) {
                exceptionCaught(context, refusal);
            }
        }

        @Override
        public void failed(String why) {
            // Why is for the log: strangers have no business with the shards.
            exceptionCaught(context, SessionErrors.usersUnknown());
        }
    }

    private LoginMethod.Step answered(Frame frame) {
        if (frame.tag() != 'p') {
            throw new ProtocolViolation("expected a password or SASL response, got message type " + frame.tag());
        }
        return present(method).answered(frame);
    }

    private void follow(ChannelHandlerContext context, LoginMethod.Step step) {
        switch (step) {
            case LoginMethod.Step.Ask(Message question) -> send(question);
            case LoginMethod.Step.Accept accept -> accepted(context, accept);
        }
    }

    private void accepted(ChannelHandlerContext context, LoginMethod.Step.Accept accept) {
        LoginRequest asked = login();
        accept.farewell().ifPresent(this::send);
        send(new AuthenticationOk());
        UserConfig user = accept.user().config();
        Identity accepted = new Identity(
                asked.applicant().database(), user, !worker.policy().names(user), accept.keys());
        gate.enter(accepted, worker.limits());
        identity = accepted;
        phase = Phase.WELCOME;
        // What the client sends from now on is for the session.
        context.channel().config().setAutoRead(false);
        if (asked.replicates()) {
            ShardLogin target = worker.policy().replicationLogin(accepted, asked.replicatedShard());
            worker.connectOwned(target, asked.replicationStartup(), new Joining());
            return;
        }
        if (accepted.database().equals(AdminConfig.DATABASE)) {
            beginConsole(accepted);
            return;
        }
        List<ShardLogin> logins = worker.policy().shardLogins(accepted);
        List<BackendPool> chosen = worker.pools(accepted.database(), logins);
        pools = chosen;
        Greeting known = worker.welcome(logins, asked.settings());
        if (known == null) {
            welcome(chosen.getFirst(), asked.settings(), chosen.size() > 1);
        } else {
            begin(known);
        }
    }

    private static List<ShardLogin> logins(List<BackendPool> pools) {
        return pools.stream().map(BackendPool::target).toList();
    }

    private void welcome(BackendPool home, Settings asked, boolean isSpread) {
        Belongings belongings = new Belongings(home.target().user(), asked, worker::intern);
        Welcome welcome = new Welcome(home, belongings, this);
        pending = welcome::abandon;
        (isSpread ? welcome.withSearchPath() : welcome).begin();
    }

    /// Ends the login well.
    private void begin(Greeting greeting) {
        ChannelHandlerContext here = context();
        Session session = new Session(here.channel(), worker, present(identity), pools(), greeting.settings());
        CancelKey key = gate.cancelKeys()
                .issue(session.loop(), done -> CancelKeys.cancel(session, done), login().secretBytes());
        ByteBuf ahead = end(key, greeting.parameters());
        session.begin(key.processId(), greeting.parameters());
        here.pipeline().replace(this, "session", new ClientHandler(session));
        goOn(here, ahead);
    }

    /// Ends the login of a client of the admin database, who has nothing to cancel.
    private void beginConsole(Identity accepted) {
        ConsoleClient client = new ConsoleClient(context().channel(), accepted, worker, console);
        CancelKey key = gate.cancelKeys().issue(client.loop(), Runnable::run, login().secretBytes());
        ByteBuf ahead = end(key, ConsoleClient.PARAMETERS);
        client.begin(key.processId(), context().name());
        goOn(context(), ahead);
    }

    /// Ends the login of a client that replicates.
    private final class Joining implements OwnedBackend.Listener {
        @Override
        public void connected(OwnedBackend backend) {
            ChannelHandlerContext here = context();
            if (phase == Phase.OVER) {
                backend.channel().close();
                return;
            }
            CancelKey key = gate.cancelKeys().issue(here.channel().eventLoop(), backend::cancel, login().secretBytes());
            ByteBuf ahead = end(key, backend.parameters());
            new Relay(here.channel(), backend, present(identity), worker, key.processId()).begin(here.name());
            goOn(here, ahead);
        }

        @Override
        public void failed(ProxyException reason) {
            exceptionCaught(context(), reason);
        }
    }

    /// Tells the client that it is in.
    ///
    /// @return what it has sent without waiting for that
    private ByteBuf end(CancelKey key, SequencedMap<String, String> parameters) {
        Welcome.encode(parameters, writer().append(2048));
        send(new BackendKeyData(key));
        send(new ReadyForQuery(TransactionStatus.IDLE));
        writer().flush();
        ByteBuf ahead = decoder.takeRest();
        over();
        counted = false;
        return ahead;
    }

    /// Leaves the client to the one that has taken its place in the pipeline.
    private void goOn(ChannelHandlerContext here, ByteBuf ahead) {
        LoginRequest asked = login();
        if (ahead.isReadable()) {
            here.fireChannelRead(ahead);
            here.fireChannelReadComplete();
        } else {
            ahead.release();
        }
        here.channel().config().setAutoRead(true);
        LOGGER.atDebug()
                .addKeyValue("client", here.channel().remoteAddress())
                .addKeyValue("user", asked.applicant().user())
                .addKeyValue("database", asked.applicant().database())
                .log("logged in");
    }

    private void timeOut(ChannelHandlerContext context) {
        if (phase != Phase.OVER) {
            fail(
                    context,
                    Errors.fields(new ProxyException(
                            ErrorCode.LOGIN_TIMEOUT,
                            "canceling authentication due to timeout",
                            "The login took longer than timeouts.login.")));
        }
    }

    private void fail(ChannelHandlerContext context, ErrorFields error) {
        if (phase == Phase.OVER) {
            context.close();
            return;
        }
        over();
        pending.run();
        LOGGER.atInfo()
                .addKeyValue("client", context.channel().remoteAddress())
                .addKeyValue("user", login == null ? "" : login.applicant().user())
                .log("login refused: {}", error.get(ErrorFields.MESSAGE).orElse(ByteString.EMPTY));
        if (encryption.isShakingHands()) {
            // What is written would wait for the handshake.
            context.close();
            return;
        }
        send(new ErrorResponse(error));
        writer().flushAndClose();
    }

    /// Lets go of everything but the channel.
    private void over() {
        phase = Phase.OVER;
        decoder.close();
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
        if (countedAsLogin) {
            countedAsLogin = false;
            gate.endLogin();
        }
    }

    private void send(Message message) {
        message.encode(writer().append(256));
    }

    private ChannelHandlerContext context() {
        return present(context);
    }

    private ChannelWriter writer() {
        return present(writer);
    }

    private LoginRequest login() {
        return present(login);
    }

    private List<BackendPool> pools() {
        return present(pools);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the login has not come so far");
        }
        return value;
    }
}
