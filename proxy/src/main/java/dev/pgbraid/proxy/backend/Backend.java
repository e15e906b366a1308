package dev.pgbraid.proxy.backend;

import dev.pgbraid.config.PoolConfig;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.BackendStatements.Preparation;
import dev.pgbraid.proxy.net.ChannelWriter;
import dev.pgbraid.proxy.session.ClientStatements;
import dev.pgbraid.proxy.session.ExpectedResponses;
import dev.pgbraid.proxy.session.PreparedStatement;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.Settings;
import dev.pgbraid.proxy.session.UnnamedStatement;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection to a shard's server. Confined to its event loop.
///
/// It is idle in its pool, or lent to one [Tenant]. Whatever a tenant leaves behind that the next one could see ends
/// the connection, see [#isFree()] and [BackendPool#giveBack].
public final class Backend implements ExpectedResponses.Listener {
    /// A statement name that no server has: whatever refers to it fails.
    private static final byte[] MISSING = (PreparedStatement.PREFIX + "refused\0").getBytes(StandardCharsets.US_ASCII);

    /// How long a server may take to end a connection that it was asked to end.
    private static final long GOODBYE_MILLIS = 1000;

    private final Channel channel;
    private final BackendPool pool;
    private final CancelKey key;
    private final SequencedMap<String, String> parameters;
    private final ExpectedResponses responses = new ExpectedResponses(this);
    private final ChannelWriter writer;
    private final BackendStatements statements;
    private @Nullable Tenant tenant;
    private TransactionStatus status = TransactionStatus.IDLE;
    private Settings settings = Settings.NONE;
    private @Nullable UnnamedStatement unnamedOwner;
    private long unnamedVersion;
    private long unnamedBatch;
    private int unnamedPending;
    private boolean batchOpen;
    private boolean midMessageToServer;
    private boolean midMessageFromServer;
    private boolean midMessageToClient;
    private boolean reading = true;
    private boolean retired;
    private boolean closing;
    private boolean finishing;
    private long batch;
    private int cancelsInFlight;

    final long deadlineNanos;
    long idleSinceNanos;
    private @Nullable BackendPool heir;

    /// Stands for a Parse of the unnamed statement among the expected responses.
    private final Object unnamed = new Object();

    /// Stands for a message that ends the unnamed statement.
    private final Object unnamedGone = new Object();

    /// A statement of ours that the server fails, so that its error can give way to `error`.
    record Refusal(ErrorFields error) {}

    /// A Parse that prepares for this backend and, if a client sent it, for the client.
    private record Preparing(Preparation preparation, ClientStatements.@Nullable Change change) {}

    Backend(Channel channel, BackendPool pool, BackendLogin.Result login, PoolConfig config) {
        this.channel = channel;
        this.pool = pool;
        this.key = login.key();
        this.parameters = new LinkedHashMap<>(login.parameters());
        this.writer = new ChannelWriter(channel);
        this.statements = new BackendStatements(config.preparedStatementsMax());
        this.deadlineNanos = BackendPool.now() + lifetimeNanos(config);
    }

    /// Between 90 % and 100 % of the longest, so that connections made together do not end together.
    private static long lifetimeNanos(PoolConfig config) {
        double fraction = 0.9 + 0.1 * ThreadLocalRandom.current().nextDouble();
        return (long) (fraction * config.lifetimeMax().toNanos());
    }

    public BackendPool pool() {
        return pool;
    }

    CancelKey key() {
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

    public ExpectedResponses responses() {
        return responses;
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
        return responses.isEmpty()
                && status == TransactionStatus.IDLE
                && !batchOpen
                && !responses.isSkippingToSync()
                && !midMessageToServer
                && !midMessageFromServer;
    }

    /// Whether the next tenant may have it, now or when the last cancel request has been dealt with.
    boolean isReusable() {
        return isFree() && !retired && channel.isActive();
    }

    boolean isBeingCanceled() {
        return cancelsInFlight > 0;
    }

    void cancelBegins() {
        cancelsInFlight++;
    }

    void cancelEnds() {
        cancelsInFlight--;
        if (cancelsInFlight == 0 && tenant == null) {
            pool.giveBack(this);
        }
    }

    /// Makes this connection end when it is given back.
    public void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /// Lends this backend, and sends ahead what makes it look as `wanted` says.
    void lend(Tenant to, Settings wanted) {
        tenant = to;
        evictStatements();
        if (!settings.equals(wanted)) {
            query(settings.changeTo(wanted));
            settings = wanted;
        }
    }

    /// Leaves the slot in the budget to another pool.
    void bequeath(BackendPool to) {
        heir = to;
    }

    @Nullable
    BackendPool heir() {
        return heir;
    }

    void takeBack() {
        tenant = null;
    }

    /// Ends a connection that may be in the middle of something, and what the server does for it.
    public void abandon() {
        tenant = null;
        if (!responses.isEmpty()) {
            pool.cancel(this);
        }
        close();
    }

    /// Lets the server do what it was asked for, and end the connection as it was asked to.
    public void finish() {
        tenant = null;
        retired = true;
        finishing = true;
        read(true);
        writer.flush();
    }

    boolean isFinishing() {
        return finishing;
    }

    /// Ends the connection, with a word of goodbye if the server can take one.
    void close() {
        boolean polite = !closing && isFree() && channel.isActive();
        closing = true;
        retired = true;
        responses.dropAll();
        if (polite) {
            sayGoodbye();
        } else {
            writer.discard();
            channel.close();
        }
    }

    /// The server is the one to close the connection, because its place is free only when it has.
    private void sayGoodbye() {
        writer.append(5).writeByte('X').writeInt(4);
        writer.flush();
        read(true);
        Future<?> late = channel.eventLoop().schedule(() -> channel.close(), GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> late.cancel(false));
    }

    void fail(ProxyException reason, boolean explained) {
        Tenant loser = tenant;
        tenant = null;
        close();
        if (loser != null) {
            loser.lost(reason, explained);
        }
    }

    /// Asks the server to stop the statement that it works on.
    public void cancel() {
        pool.cancel(this);
    }

    /// Reads from the server, or leaves what it sends where it is.
    public void read(boolean wanted) {
        if (wanted != reading) {
            reading = wanted;
            channel.config().setAutoRead(wanted);
        }
    }

    public boolean isWritable() {
        return channel.isWritable();
    }

    /// Tells whether the last bytes that were written are the part of a message of which more follows.
    public void midMessageToServer(boolean more) {
        midMessageToServer = more;
    }

    public boolean isMidMessageToClient() {
        return midMessageToClient;
    }

    /// Tells whether the rest of a message has yet to come, and whether its start has been passed on.
    void midMessageFromServer(boolean more, boolean passing) {
        midMessageFromServer = more;
        midMessageToClient = passing;
    }

    void status(TransactionStatus now) {
        status = now;
    }

    ProxyException lost(String how) {
        return new ProxyException(
                ErrorCode.SHARD_LOST,
                pool.target().shard() + ": " + how,
                "Whether the statement was carried out is unknown; look before repeating it.");
    }

    /// Expects the answer to a message of an extended query, which a Sync has yet to end.
    public void expectInBatch(Response response) {
        expectInBatch(response, null);
    }

    public void expectInBatch(Response response, @Nullable Object detail) {
        batchOpen = true;
        responses.expect(response, detail);
    }

    /// Expects the answer to a message that ends a batch: what comes after it does not fail with it.
    public void expectBatchEnd(Response response) {
        responses.expect(response);
        endBatch();
    }

    private void endBatch() {
        batchOpen = false;
        batch++;
    }

    /// Expects the answer to a Parse of the unnamed statement, which is `owner`'s from now on.
    public void expectUnnamed(UnnamedStatement owner, Response response) {
        unnamedOwner = owner;
        unnamedVersion = owner.version();
        unnamedBatch = batch;
        unnamedPending++;
        batchOpen = true;
        responses.expect(response, unnamed);
    }

    public boolean hasUnnamed(UnnamedStatement owner) {
        return owner.equals(unnamedOwner) && unnamedVersion == owner.version();
    }

    /// Expects the answer to a message that ends the client's unnamed statement, if the server comes to it.
    public void expectUnnamedGone(Response response) {
        unnamedOwner = null;
        unnamedBatch = batch;
        unnamedPending++;
        responses.expect(response, unnamedGone);
        if (response == Response.QUERY) {
            endBatch();
        } else {
            batchOpen = true;
        }
    }

    /// The server forgets an unnamed statement that no client counts on.
    public void forgetUnnamed() {
        unnamedOwner = null;
    }

    /// The server has forgotten every statement and, if `settingsToo`, every setting.
    public void forgetState(boolean settingsToo) {
        statements.clear();
        unnamedOwner = null;
        if (settingsToo) {
            settings = Settings.NONE;
        }
    }

    /// Which batch the messages that are sent now belong to.
    public long batch() {
        return batch;
    }

    /// Whether the server has the statement, or will have it before it comes to what is sent now.
    public boolean hasPrepared(PreparedStatement statement) {
        return statements.find(statement) != null;
    }

    /// Whether that is certain: a Parse in an earlier batch whose answer has not come may have failed.
    public boolean isSettled(PreparedStatement statement) {
        Preparation preparation = statements.find(statement);
        return preparation == null || preparation.isSettledFor(batch);
    }

    /// The same for the unnamed statement.
    public boolean isUnnamedSettled() {
        return unnamedPending == 0 || unnamedBatch == batch;
    }

    /// Whether the server would accept a Parse now, as far as its transaction goes.
    public boolean isSureToParse() {
        return status != TransactionStatus.FAILED && !responses.isBatchDue();
    }

    /// Sends a client's Parse.
    public void prepare(PreparedStatement statement, ClientStatements.Change change) {
        writeParse(statement);
        expectInBatch(Response.PARSE, new Preparing(statements.prepare(statement, batch), change));
    }

    /// Sends a client's Parse under a name that is taken: the server says first what is wrong with the statement, and
    /// only then that the name exists.
    public void prepareAgain(ClientStatements.Named existing, ByteBuf in, int body, int bodyBytes) {
        PreparedStatement statement = existing.statement();
        ensurePrepared(statement);
        ByteBuf out = writer.append(5 + statement.nameLength() + bodyBytes);
        out.writeByte('P').writeInt(4 + statement.nameLength() + bodyBytes);
        statement.writeName(out);
        out.writeBytes(in, body, bodyBytes);
        expectInBatch(Response.PARSE, existing);
    }

    /// Sends a Parse of the proxy's own if the server does not have the statement.
    public void ensurePrepared(PreparedStatement statement) {
        if (!hasPrepared(statement)) {
            writeParse(statement);
            expectInBatch(Response.PARSE_FOR_PROXY, new Preparing(statements.prepare(statement, batch), null));
        }
    }

    /// Makes the server fail at this point, as if it had found the error itself.
    public void refuse(ErrorFields error) {
        ByteBuf out = writer.append(64);
        out.writeByte('B');
        out.writeInt(4 + 1 + MISSING.length + 6);
        out.writeByte(0).writeBytes(MISSING).writeZero(6);
        expectInBatch(Response.BIND, new Refusal(error));
    }

    /// Sends a Close of the unnamed statement on the proxy's account.
    public void closeUnnamed() {
        writer.append(7).writeByte('C').writeInt(6).writeByte('S').writeByte(0);
        expectInBatch(Response.CLOSE_FOR_PROXY);
        unnamedOwner = null;
    }

    @Override
    public void confirmed(Response response, Object detail) {
        switch (detail) {
            case Preparing preparing -> {
                statements.confirm(preparing.preparation);
                if (preparing.change != null) {
                    preparing.change.confirm();
                }
            }
            case ClientStatements.Change change -> change.confirm();
            default -> unnamedChanged(response, detail, true);
        }
    }

    @Override
    public void dropped(Response response, Object detail) {
        switch (detail) {
            case Preparing preparing -> {
                statements.drop(preparing.preparation);
                if (preparing.change != null) {
                    preparing.change.drop();
                }
            }
            case ClientStatements.Change change -> change.drop();
            default -> unnamedChanged(response, detail, false);
        }
    }

    private void unnamedChanged(Response response, Object detail, boolean done) {
        if (detail.equals(unnamed)) {
            unnamedPending--;
            if (!done) {
                unnamedOwner = null;
            }
            if (tenant != null && response == Response.PARSE) {
                tenant.unnamedPrepared(done);
            }
        } else if (detail.equals(unnamedGone)) {
            unnamedPending--;
            if (tenant != null) {
                tenant.unnamedEnded(done);
            }
        }
    }

    private void evictStatements() {
        PreparedStatement evicted = statements.evict();
        if (evicted == null) {
            return;
        }
        while (evicted != null) {
            writeClose(evicted);
            responses.expect(Response.CLOSE_FOR_PROXY);
            evicted = statements.evict();
        }
        writer.append(5).writeByte('S').writeInt(4);
        expectBatchEnd(Response.SYNC_FOR_PROXY);
    }

    private void writeParse(PreparedStatement statement) {
        int length = statement.nameLength() + statement.bodyLength();
        ByteBuf out = writer.append(5 + length);
        out.writeByte('P').writeInt(4 + length);
        statement.writeName(out);
        statement.writeBody(out);
    }

    private void writeClose(PreparedStatement statement) {
        ByteBuf out = writer.append(6 + statement.nameLength());
        out.writeByte('C').writeInt(5 + statement.nameLength()).writeByte('S');
        statement.writeName(out);
    }

    private void query(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        ByteBuf out = writer.append(6 + text.length);
        out.writeByte('Q').writeInt(5 + text.length).writeBytes(text).writeByte(0);
        unnamedOwner = null;
        expectBatchEnd(Response.QUERY_FOR_PROXY);
    }
}
