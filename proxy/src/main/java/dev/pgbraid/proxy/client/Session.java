package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.backend.CommandTag;
import dev.pgbraid.proxy.backend.Errors;
import dev.pgbraid.proxy.backend.Tenant;
import dev.pgbraid.proxy.metrics.PlanKind;
import dev.pgbraid.proxy.net.ChannelWriter;
import dev.pgbraid.proxy.session.Belongings;
import dev.pgbraid.proxy.session.Effect;
import dev.pgbraid.proxy.session.Outcome;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.SessionEvent;
import dev.pgbraid.proxy.session.SessionMachine;
import dev.pgbraid.proxy.session.SessionState;
import dev.pgbraid.proxy.session.Settings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// What a client does from the end of its login on: moves the [SessionMachine] by what comes from the client's channel,
/// from the backend that it is lent and from the proxy, and does what the machine asks for.
///
/// It ends when the client says goodbye or vanishes, breaks the protocol, when its backend is lost, or when the proxy
/// drains; each way leads through an event of the machine, whose effects leave nothing behind.
final class Session implements Tenant {
    private static final Logger LOGGER = LoggerFactory.getLogger(Session.class);

    private final Channel channel;
    private final Worker worker;
    private final Identity identity;
    private final Belongings belongings;
    private final ChannelWriter writer;
    private final Flow flow;
    private final ClientReader reader;
    private final ClientRequests requests;
    private final Shards shards;
    private final Steering steering;
    private final Departure departure;
    private SessionState state = SessionState.Idle.IDLE;
    private @Nullable Backend backend;
    private final Subscriptions subscriptions;
    private final Settling settling;
    private @Nullable ErrorFields failure;
    private int processId;
    private final SessionMeter meter;

    Session(Channel channel, Worker worker, Identity identity, List<BackendPool> pools, Settings settings) {
        this.channel = channel;
        this.worker = worker;
        this.identity = identity;
        this.shards = new Shards(pools);
        this.belongings = new Belongings(shards.home().target().user(), settings, worker::intern);
        this.writer = new ChannelWriter(channel);
        this.flow = new Flow(channel);
        this.meter = new SessionMeter(worker.activity(identity.database()), new SlowLog(this, worker), writer);
        this.subscriptions = new Subscriptions(this, belongings);
        this.settling = new Settling(belongings, subscriptions, this::flush);
        this.requests = new ClientRequests(this, worker);
        this.steering = worker.routed(identity.database())
                .<Steering>map(database -> new Routing(this, requests, database, worker))
                .orElse(Steering.STRAIGHT);
        this.reader = new ClientReader(this, requests, worker, steering);
        this.departure = new Departure(this, reader);
    }

    /// The login is over, in which the server has reported `parameters`.
    void begin(int cancelProcessId, Map<String, String> parameters) {
        parameters.forEach(belongings::reported);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        processId = cancelProcessId;
        worker.join(this);
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    Identity identity() {
        return identity;
    }

    Shards shards() {
        return shards;
    }

    @Override
    public int processId() {
        return processId;
    }

    Belongings belongings() {
        return belongings;
    }

    ClientRequests requests() {
        return requests;
    }

    SessionMeter meter() {
        return meter;
    }

    Channel channel() {
        return channel;
    }

    // What the reader asks and tells.

    @Nullable
    Backend backend() {
        return backend;
    }

    Backend attachedBackend() {
        if (backend == null) {
            throw new IllegalStateException("no backend while " + state);
        }
        return backend;
    }

    boolean isWaiting() {
        return state instanceof SessionState.Waiting;
    }

    /// Whether it ends after its transaction.
    boolean isEnding() {
        return state.isEnding();
    }

    boolean isDiscarding() {
        return state instanceof SessionState.Discarding;
    }

    /// Whether there is no client any more.
    boolean isClosed() {
        return state == SessionState.Closed.CLOSED || state == SessionState.Attached.LEAVING;
    }

    boolean isReading() {
        return !isWaiting() && !isClosed() && !(state instanceof SessionState.FannedOut);
    }

    /// Gives an answer of the proxy's own when its turn has come.
    void answerInTurn(Response response, Outcome outcome) {
        Backend lent = attachedBackend();
        lent.expectInBatch(response, outcome);
        while (lent.responses().isProxyDue()) {
            proxyAnswers(lent.responses().takeProxyDue());
        }
    }

    // Events of the client's channel.

    /// Takes what the client has sent.
    void read(ByteBuf bytes) {
        meter.received(bytes.readableBytes());
        if (isClosed()) {
            bytes.release();
        } else {
            reader.read(bytes);
        }
    }

    void clientWritable() {
        subscriptions.deliver();
        regulate();
    }

    /// The client sends no more, but may read still.
    void inputEnded() {
        departure.inputEnded();
    }

    /// The client is gone, and its channel closed.
    void clientGone() {
        departure.end();
        worker.leave(this);
    }

    /// The client, its channel or this proxy has done what it must not.
    void failed(Throwable cause) {
        LastWords.about(cause, this::log).ifPresent(departure::say);
        fire(SessionEvent.CLIENT_GONE);
    }

    void cancelRequested() {
        if (!reader.cancelStalled()) {
            fire(SessionEvent.CANCEL_REQUESTED);
        }
        flush();
    }

    void drain() {
        departure.drain();
    }

    Steering steering() {
        return steering;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    ChannelWriter writer() {
        return writer;
    }

    /// Whether the client can take a message that it did not ask for, and would not read it as a part of another.
    boolean canBeTold() {
        return !isClosed() && channel.isWritable() && (backend == null || backend.isFree());
    }

    /// Ends the session, and says why.
    void end(ErrorFields why) {
        departure.say(why);
        fire(SessionEvent.CLIENT_GONE);
    }

    @Override
    public boolean mayEndTransaction() {
        return subscriptions.mayEndTransaction();
    }

    @Override
    public void notified(NotificationResponse notification) {
        subscriptions.notifiedByBackend(notification);
    }

    // Events of the backend.

    @Override
    public void granted(Backend lent) {
        attach(lent);
        fire(SessionEvent.BACKEND_GRANTED);
        flush();
    }

    @Override
    public void refused(ProxyException reason) {
        refuse(Errors.fields(reason), reader.dropHeld());
        goOn();
    }

    /// Answers a statement that no backend has got with an error.
    void refuse(ErrorFields error, boolean isSimple) {
        failure = error;
        steering.refused();
        fire(isSimple ? SessionEvent.SIMPLE_REFUSED : SessionEvent.EXTENDED_REFUSED);
    }

    /// What a message had to wait for is there.
    void goOn() {
        reader.resume();
        flush();
    }

    @Override
    public void received(ByteBuf bytes) {
        writer.take(bytes);
    }

    @Override
    public void proxyAnswers(Response response) {
        LocalAnswers.inTurn(response).encode(writer.append(5));
    }

    @Override
    public void parameterReported(String name, String value) {
        belongings.reported(name, value);
    }

    @Override
    public void commandCompleted(CommandTag tag) {
        switch (tag) {
            case PLAIN -> {}
            case DEALLOCATE -> attachedBackend().statements().deallocated();
            case DEALLOCATE_ALL, DISCARD_ALL -> {
                requests.forgetStatements();
                attachedBackend().statements().forgetConfirmed();
            }
        }
    }

    @Override
    public void settingsRefused(ErrorFields error) {
        end(Errors.as(Severity.FATAL, error));
    }

    @Override
    public void batchReceived() {
        writer.flush();
        freeBackend();
        if (reader.isStalled()) {
            reader.resume();
            if (backend != null) {
                backend.writer().flush();
            }
            writer.flush();
            freeBackend();
        }
        subscriptions.deliver();
        if (flow.isStopped()) {
            regulate();
        }
        departure.endIfDone();
    }

    @Override
    public void backendWritable(boolean writable) {
        regulate();
    }

    @Override
    public void lost(ProxyException reason, boolean explained) {
        boolean isExpected = explained || isClosed() || reader.isAtEnd();
        if (!isExpected) {
            log(LOGGER.atWarn()).log(reason.getMessage());
        }
        failure = isExpected || attachedBackend().isMidMessageToClient() ? null : Errors.fields(reason);
        backend = null;
        fire(SessionEvent.BACKEND_LOST);
    }

    // What the machine asks for.

    void fire(SessionEvent event) {
        SessionMachine.Step step = SessionMachine.step(state, event);
        state = step.next();
        List<Effect> effects = step.effects();
        for (int i = 0; i < effects.size(); i++) {
            perform(effects.get(i));
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
            case CHECK_OUT -> checkOut();
            case FORWARD_HELD -> {
                regulate();
                reader.resume();
            }
            case RETURN_BACKEND -> giveBack();
            case ABANDON_BACKEND -> departure.abandon(takeBackend());
            case WITHDRAW -> steering.lender(shards.chosen()).withdraw(this);
            case WITHDRAW_CANCELED -> {
                steering.lender(shards.chosen()).withdraw(this);
                refused(SessionErrors.canceledInQueue());
            }
            case CANCEL_BACKEND -> attachedBackend().cancel();
            case SEND_REFUSAL -> send(Objects.requireNonNull(failure));
            case SEND_BACKEND_LOST -> Optional.ofNullable(failure).ifPresent(this::send);
            case SEND_READY -> sendReady();
            case SEND_SHUTDOWN -> send(Errors.fields(SessionErrors.shutdown(worker.isDraining())));
            case CANCEL_FAN -> Objects.requireNonNull(steering.detour()).cancel();
            case ABANDON_FAN -> Objects.requireNonNull(steering.detour()).abandon();
            case DRAIN -> loop().execute(this::drain);
            case CLOSE_CLIENT -> close();
        }
    }

    void sendReady() {
        TransactionStatus status = steering.status();
        if (status == TransactionStatus.IDLE) {
            departure.transactionEnded();
        }
        new ReadyForQuery(status).encode(writer.append(6));
        meter.answered(status, System.nanoTime());
    }

    @Override
    public void answered(TransactionStatus status, long now) {
        meter.runs(PlanKind.SINGLE_SHARD);
        meter.answered(status, now);
    }

    @Override
    public void refusalTold(ErrorFields error) {
        meter.failed(error);
    }

    /// Takes a backend of the shard that was chosen, or waits for one.
    void checkOut() {
        Backend lent = steering.lender(shards.chosen()).checkOut(this, belongings.settings());
        if (lent != null) {
            attach(lent);
            fire(SessionEvent.BACKEND_GRANTED);
        }
    }

    private void attach(Backend lent) {
        backend = lent;
        belongings.attached();
        requests.attached();
        steering.attached(lent);
    }

    /// Parts with the backend, which is not given back.
    Backend takeBackend() {
        Backend lent = attachedBackend();
        backend = null;
        return lent;
    }

    private void giveBack() {
        Backend lent = takeBackend();
        steering.detached();
        settling.leave(lent);
        lent.pool().giveBack(lent);
    }

    void send(ErrorFields error) {
        meter.failed(error);
        new ErrorResponse(error).encode(writer.append(512));
    }

    boolean isMidMessageToClient() {
        Detour detour = steering.detour();
        return backend == null ? detour != null && detour.isMidMessage() : backend.isMidMessageToClient();
    }

    /// Adds to an event of the log whose session it is.
    LoggingEventBuilder log(LoggingEventBuilder event) {
        return event.addKeyValue("client", channel.remoteAddress())
                .addKeyValue("user", shards.home().target().user())
                .addKeyValue("shard", shards.chosen().target().shard());
    }

    private void close() {
        steering.closed();
        reader.close();
        subscriptions.close();
        writer.flushAndClose();
        meter.sent();
    }

    void flush() {
        if (backend != null) {
            backend.writer().flush();
        }
        writer.flush();
        freeBackend();
        subscriptions.deliver();
        regulate();
        departure.endIfDone();
    }

    /// Gives the backend back if the transaction is over and nothing ties the session to it.
    void freeBackend() {
        Backend lent = backend;
        if (lent == null || !lent.tryFree()) {
            return;
        }
        boolean isOver = switch ((SessionState.Attached) state) {
            case STAYING -> settling.isOver(lent);
            case DRAINING -> true;
            case LEAVING -> settling.isKnown(lent);
        };
        if (isOver) {
            fire(SessionEvent.BACKEND_FREE);
        }
    }

    private void regulate() {
        if (isClosed()) {
            return;
        }
        flow.regulate(backend, steering.detour(), isWaiting() || reader.isStalled() ? reader.heldBytes() : 0);
    }
}
