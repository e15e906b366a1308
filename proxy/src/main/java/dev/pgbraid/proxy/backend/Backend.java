package dev.pgbraid.proxy.backend;

import dev.pgbraid.config.PoolConfig;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.proxy.net.ChannelWriter;
import dev.pgbraid.proxy.session.ExpectedResponses;
import dev.pgbraid.proxy.session.Outcome;
import dev.pgbraid.proxy.session.Question;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.Settings;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection to a shard's server. Confined to its event loop.
///
/// It is idle in its pool, or lent to one [Tenant]. Whatever a tenant leaves behind that the next one could see ends
/// the connection, see [#isFree()] and [BackendPool#giveBack].
public final class Backend {
    private static final String CLEAN_UP = "RESET SESSION AUTHORIZATION;RESET ROLE;RESET ALL;UNLISTEN *;DISCARD TEMP;"
            + "SELECT pg_catalog.pg_advisory_unlock_all()";

    /// How long a server may take to end a connection that it was asked to end.
    private static final long GOODBYE_MILLIS = 1000;

    private final Channel channel;
    private final BackendPool pool;
    private final CancelKey key;
    private final SequencedMap<String, String> parameters;
    private final ExpectedResponses responses = new ExpectedResponses();
    private final ChannelWriter writer;
    private final BackendStatements statements;
    private final BackendMeter meter;
    private @Nullable Tenant tenant;

    /// Whose code may have left something behind.
    private @Nullable Tenant codeRanFor;
    private TransactionStatus status = TransactionStatus.IDLE;
    private Settings settings = Settings.NONE;
    private final BackendUnnamed unnamed = new BackendUnnamed(this);
    private boolean batchOpen;

    /// Whether a portal was made or run in it.
    private boolean batchRuns;

    private boolean midMessageToServer;
    private boolean midMessageFromServer;
    private boolean midMessageToClient;
    private boolean reading = true;
    private boolean retired;
    /// Whether it ends because there are too many.
    boolean shed;

    private boolean closing;
    private boolean finishing;
    private final BackendSequences sequences = new BackendSequences(this);
    private long batch;
    private long lentBatch;
    private final BackendCancels cancels;
    private long epoch;

    final long deadlineNanos;
    long idleSinceNanos;
    private @Nullable BackendPool heir;

    Backend(Channel channel, BackendPool pool, BackendLoginHandler.Result login, PoolConfig config) {
        this.channel = channel;
        this.pool = pool;
        this.key = login.key();
        this.parameters = new LinkedHashMap<>(login.parameters());
        this.writer = new ChannelWriter(channel);
        this.meter = new BackendMeter(pool.activity());
        this.cancels = new BackendCancels(this);
        this.statements = new BackendStatements(this, config.preparedStatementsMax());
        this.deadlineNanos = pool.terms().deadlineNanos();
    }

    public BackendPool pool() {
        return pool;
    }

    /// What names the server's process in requests to cancel.
    public CancelKey key() {
        return key;
    }

    /// What the server reports of itself, by name.
    public SequencedMap<String, String> parameters() {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    }

    void parameterChanged(String name, String value) {
        parameters.put(name, value);
    }

    public ChannelWriter writer() {
        return writer;
    }

    BackendMeter meter() {
        return meter;
    }

    public ExpectedResponses responses() {
        return responses;
    }

    public BackendStatements statements() {
        return statements;
    }

    public BackendSequences sequences() {
        return sequences;
    }

    public BackendUnnamed unnamed() {
        return unnamed;
    }

    Channel channel() {
        return channel;
    }

    @Nullable
    Tenant tenant() {
        return tenant;
    }

    /// Whether the server is in no transaction and owes nothing, and no message is half passed on.
    public boolean isFree() {
        return isAnswered() && status == TransactionStatus.IDLE && !batchOpen;
    }

    /// Whether the server owes nothing, and no message is half passed on.
    public boolean isAnswered() {
        return responses.isEmpty() && !responses.isSkippingToSync() && !midMessageToServer && !midMessageFromServer;
    }

    /// Whether the tenant has nothing under way. Drivers prepare with Flush and may leave it at that for long: a
    /// batch that does nothing else and has all its answers is ended by a Sync of the proxy's own.
    public boolean tryFree() {
        if (batchOpen && !batchRuns && isAnswered() && status == TransactionStatus.IDLE) {
            syncForProxy();
            writer.flush();
        }
        return isFree();
    }

    /// Whether the next tenant may have it, now or when the last cancel request has been dealt with.
    boolean isReusable() {
        return isFree() && !retired && channel.isActive();
    }

    /// Whether a cancel request is on its way.
    public boolean isBeingCanceled() {
        return cancels.isBusy();
    }

    /// Calls `done` when no request to cancel is on its way any more.
    public void afterCancels(Runnable done) {
        cancels.whenOver(done);
    }

    /// Some answers have come.
    void answered() {
        cancels.goOn();
    }

    /// Makes this connection end when it is given back.
    public void retire() {
        retired = true;
    }

    /// Whether nothing more is expected of the server.
    public boolean isClosing() {
        return closing;
    }

    boolean isRetired() {
        return retired;
    }

    /// Lends this backend, and sends ahead what makes it look as `wanted` says.
    void lend(Tenant to, Settings wanted) {
        tenant = to;
        statements.evict();
        sequences.lend(to);
        if (codeRanFor != null && !codeRanFor.equals(to)) {
            // What hidden code may have left behind is nobody else's business.
            query(CLEAN_UP, Response.QUERY_FOR_PROXY, null);
            settings = Settings.NONE;
            codeRanFor = null;
        }
        adjust(wanted);
        lentBatch = batch;
    }

    /// Code runs that may change the session and that the proxy has not seen.
    public void runsHiddenCode() {
        codeRanFor = tenant;
    }

    /// Sends what makes the server look as `wanted` says.
    public void adjust(Settings wanted) {
        if (!settings.equals(wanted)) {
            query(settings.changeTo(wanted), Response.QUERY_FOR_PROXY, null);
            settings = wanted;
        }
    }

    /// What the server was found to look like.
    public void found(Settings now) {
        settings = now;
    }

    /// Asks the server something on the proxy's own account.
    public void ask(Question question) {
        query(question.sql(), Response.QUESTION, question);
    }

    void joined(long now) {
        epoch = now;
    }

    /// The epoch that it has joined, 0 if none.
    public long epoch() {
        return epoch;
    }

    /// Runs statements of the proxy's own; see the outcome for when they are done.
    public void run(String sql, Outcome outcome) {
        query(sql, Response.QUERY_FOR_PROXY, outcome);
    }

    /// Runs a statement for the tenant that it has no answer to, before anything else of it.
    public void begin(byte[] statement) {
        query(statement, Response.QUERY_FOR_PROXY, null);
        lentBatch = batch;
    }

    /// Whether the server is in a transaction, as far as it has answered.
    public TransactionStatus status() {
        return status;
    }

    /// Whether a portal was made or run since the last batch ended.
    public boolean hasRunInBatch() {
        return batchOpen && batchRuns;
    }

    /// Whether the server has nothing under way that the tenant began.
    public boolean isBetweenTransactions() {
        return status == TransactionStatus.IDLE && !batchOpen && !responses.isBatchDue();
    }

    /// Whether the tenant has sent nothing yet.
    boolean hasRunNothing() {
        return batch == lentBatch && !batchOpen;
    }

    /// Leaves the slot in the budget to another pool.
    void bequeath(BackendPool to) {
        heir = to;
    }

    @Nullable
    BackendPool heir() {
        return heir;
    }

    /// Passes it on to another tenant as it is, or to nobody.
    public void hand(@Nullable Tenant to) {
        tenant = to;
    }

    /// Ends a connection that may be in the middle of something, and what the server does for it.
    public void abandon() {
        tenant = null;
        if (!responses.isEmpty()) {
            cancels.send();
        }
        close();
    }

    /// Lets the server do what it was asked for, and end the connection as it was asked to.
    public void finish() {
        if (midMessageToServer || responses.isCopyingIn()) {
            abandon();
            return;
        }
        tenant = null;
        retired = true;
        // The first could be taken for a part of a copy.
        goodbye();
        sayGoodbye();
    }

    /// Makes the server end the connection when it has done what it was asked for.
    public void goodbye() {
        writer.append(5).writeByte('X').writeInt(4);
    }

    boolean isFinishing() {
        return finishing;
    }

    /// Ends the connection, with a word of goodbye if the server can take one.
    ///
    /// Then the server is the one to hang up: its process is gone when it does, so that there is room for another.
    void close() {
        boolean polite = !closing && isFree() && channel.isActive();
        closing = true;
        retired = true;
        meter.sent(writer.takeWritten());
        responses.dropAll();
        cancels.drop();
        if (polite) {
            sayGoodbye();
            Future<?> late = channel.eventLoop().schedule(() -> channel.close(), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(_ -> late.cancel(false));
        } else {
            writer.discard();
            channel.close();
        }
    }

    /// The server is the one to close the connection, because its place is free only when it has.
    private void sayGoodbye() {
        finishing = true;
        goodbye();
        writer.flush();
        read(true);
    }

    void fail(String how, boolean explained) {
        Tenant loser = tenant;
        tenant = null;
        close();
        if (loser != null) {
            loser.lost(Errors.lost(pool.target(), how), explained);
        }
    }

    /// Asks the server to stop the statement that it works on.
    public void cancel() {
        cancels.request();
    }

    /// Reads from the server, or leaves what it sends where it is.
    public void read(boolean wanted) {
        if (wanted != reading) {
            reading = wanted;
            channel.config().setAutoRead(wanted);
        }
    }

    /// Passes on the answers that had to wait.
    public void goOn() {
        channel.pipeline().fireUserEventTriggered(BackendHandler.GO_ON);
    }

    public boolean isWritable() {
        return channel.isWritable();
    }

    /// Tells whether the last bytes that were written are the part of a message of which more follows.
    public void midMessageToServer(boolean more) {
        midMessageToServer = more;
    }

    public boolean isMidMessageToServer() {
        return midMessageToServer;
    }

    public boolean isMidMessageToClient() {
        return midMessageToClient;
    }

    /// Tells whether the rest of a message has yet to come, and whether its start has been passed on.
    void midMessageFromServer(boolean more, boolean passing) {
        midMessageFromServer = more;
        midMessageToClient = passing;
    }

    void status(TransactionStatus now, boolean isForClient) {
        status = now;
        long time = meter.answers(now, isForClient);
        if (isForClient && tenant != null) {
            meter.sent(writer.takeWritten());
            tenant.answered(now, time);
        }
    }

    /// Expects the answer to a message of an extended query, which a Sync has yet to end.
    public void expectInBatch(Response response) {
        expectInBatch(response, null);
    }

    public void expectInBatch(Response response, @Nullable Outcome outcome) {
        batchOpen = true;
        batchRuns |= response == Response.BIND || response == Response.EXECUTE;
        expect(response, outcome);
    }

    /// Expects the answer to a message that ends a batch: what comes after it does not fail with it.
    public void expectBatchEnd(Response response) {
        expectBatchEnd(response, null);
    }

    public void expectBatchEnd(Response response, @Nullable Outcome outcome) {
        expect(response, outcome);
        endBatch();
    }

    private void expect(Response response, @Nullable Outcome outcome) {
        meter.asks(response, responses.isEmpty(), status);
        responses.expect(response, outcome);
    }

    /// Makes the server answer what it has been sent.
    public void flushServer() {
        writer.append(5).writeByte('H').writeInt(4);
    }

    /// Ends a batch that the proxy has begun on its own account.
    public void syncForProxy() {
        writer.append(5).writeByte('S').writeInt(4);
        expectBatchEnd(Response.SYNC_FOR_PROXY);
    }

    private void endBatch() {
        batchOpen = false;
        batchRuns = false;
        batch++;
    }

    /// Whether the client has begun a batch that it has not ended.
    public boolean isBatchOpen() {
        return batchOpen;
    }

    /// Whether a batch that the client has ended, and nothing else, awaits answers.
    public boolean isBatchUnanswered() {
        return !responses.isEmpty() && !batchOpen && !responses.isCopyingIn();
    }

    /// Which batch the messages that are sent now belong to.
    public long batch() {
        return batch;
    }

    /// Whether the server would accept a Parse now, as far as its transaction goes.
    public boolean isSureToParse() {
        return status != TransactionStatus.FAILED && !responses.isBatchDue();
    }

    /// Makes the server fail at this point, as if it had found the error itself.
    public void refuse(ErrorFields error) {
        refuse(List.of(new ErrorResponse(error)));
    }

    /// As [#refuse(ErrorFields)].
    ///
    /// @param told what the client is told, which ends with the error
    public void refuse(List<BackendMessage> told) {
        Refusal.write(writer);
        expectInBatch(Response.BIND, new Refusal(told));
    }

    private void query(String sql, Response response, @Nullable Outcome outcome) {
        query(sql.getBytes(StandardCharsets.UTF_8), response, outcome);
    }

    private void query(byte[] text, Response response, @Nullable Outcome outcome) {
        ByteBuf out = writer.append(6 + text.length);
        out.writeByte('Q').writeInt(5 + text.length).writeBytes(text).writeByte(0);
        unnamed.forget();
        expectBatchEnd(response, outcome);
    }
}
