package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.proxy.session.ClientStatements;
import dev.pgbraid.proxy.session.Outcome;
import dev.pgbraid.proxy.session.PreparedStatement;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.StatementDescription;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The statements that are prepared on one backend. Those that were not used for longest make room for others.
public final class BackendStatements {
    private static final String DEALLOCATE = "DEALLOCATE " + PreparedStatement.EMPTY.name() + '\0';

    private final Backend backend;
    private final int sizeMax;
    private final Map<PreparedStatement, Preparation> preparations = new LinkedHashMap<>(16, 0.75f, true);
    private int deallocationsDue;

    /// Of the statements that are exposed for a query which has not been sent yet.
    private @Nullable Exposure exposure;

    BackendStatements(Backend backend, int sizeMax) {
        this.backend = backend;
        this.sizeMax = sizeMax;
    }

    /// One Parse that was sent, for this backend and, if a client sent it, for the client.
    final class Preparation implements Outcome {
        private final PreparedStatement statement;
        private final long batch;
        private final ClientStatements.@Nullable Change change;
        private final Optional<BackendMessage> aheadOfError;
        private final StatementDescription description = new StatementDescription();
        private boolean confirmed;

        private Preparation(
                PreparedStatement statement,
                ClientStatements.@Nullable Change change,
                Optional<BackendMessage> aheadOfError) {
            this.statement = statement;
            this.batch = backend.batch();
            this.change = change;
            this.aheadOfError = aheadOfError;
        }

        @Override
        public Optional<List<BackendMessage>> inPlaceOf(ErrorFields error) {
            return Errors.behind(aheadOfError, error);
        }

        /// Whether a message of `batch` can tell what becomes of it: if this fails, that message is skipped too.
        boolean isSettledFor(long batch) {
            return confirmed || this.batch == batch;
        }

        @Override
        public void confirmed() {
            confirmed = true;
            if (change != null) {
                change.confirmed();
            }
        }

        @Override
        public void skipped() {
            preparations.remove(statement, this);
            if (change != null) {
                change.skipped();
            }
        }
    }

    /// A `DEALLOCATE` of the empty statement in place of a client's, to which its query need not come.
    private final class Deallocation implements Outcome {
        private final ClientStatements.Change change;
        private final @Nullable Outcome query;
        private boolean completed;

        private Deallocation(ClientStatements.Change change, @Nullable Outcome query) {
            this.change = change;
            this.query = query;
            deallocationsDue++;
        }

        void completed() {
            completed = true;
            preparations.remove(PreparedStatement.EMPTY);
            change.confirmed();
        }

        @Override
        public void confirmed() {
            deallocationsDue--;
            if (!completed) {
                change.skipped();
            }
            if (query != null) {
                query.confirmed();
            }
        }

        @Override
        public void skipped() {
            deallocationsDue--;
            change.skipped();
            if (query != null) {
                query.skipped();
            }
        }
    }

    /// Whether the server has the statement, or will have it before it comes to what is sent now.
    public boolean has(PreparedStatement statement) {
        return preparations.containsKey(statement);
    }

    /// Whether that is certain: a Parse in an earlier batch whose answer has not come may have failed.
    public boolean isSettled(PreparedStatement statement) {
        if (deallocationsDue > 0 && statement.equals(PreparedStatement.EMPTY)) {
            return false;
        }
        Preparation preparation = preparations.get(statement);
        return preparation == null || preparation.isSettledFor(backend.batch());
    }

    /// What the server says of a statement that it has, now or when it has answered. Counts as use.
    public StatementDescription use(PreparedStatement statement) {
        Preparation preparation = preparations.get(statement);
        if (preparation == null) {
            throw new IllegalStateException(statement.name() + " is not there");
        }
        return preparation.description;
    }

    /// How many there are.
    int count() {
        return preparations.size();
    }

    /// Sends a client's Parse.
    public void prepare(PreparedStatement statement, ClientStatements.Change change) {
        parse(statement, statement.body());
        expect(Response.PARSE, new Preparation(statement, change, Optional.empty()));
        describe(statement);
    }

    /// Sends a Parse of the proxy's own, as a server before this one understood the client's.
    ///
    /// @param aheadOfError what the client is told before it is told that this has failed
    public void restore(ClientStatements.Named named, Optional<BackendMessage> aheadOfError) {
        PreparedStatement statement = named.statement();
        parse(statement, statement.body(named.description()));
        expect(Response.PARSE_FOR_PROXY, new Preparation(statement, null, aheadOfError));
        describe(statement);
    }

    /// Prepares a statement for a client that prepares it by SQL, which is answered in another way.
    public void prepareBySql(PreparedStatement statement, ClientStatements.Change change) {
        parse(statement, statement.body());
        expect(Response.PARSE_FOR_PROXY, new Preparation(statement, change, Optional.empty()));
        describe(statement);
    }

    /// Makes sure of a statement for the simple query that follows, which is then the one to fail.
    public void restoreForQuery(ClientStatements.Named named) {
        PreparedStatement statement = named.statement();
        if (has(statement)) {
            use(statement);
            return;
        }
        Preparation preparation = new Preparation(statement, null, Optional.empty());
        exposure = exposure == null ? new Exposure() : exposure;
        parse(statement, statement.body(named.description()));
        preparations.put(statement, preparation);
        backend.expectInBatch(Response.PARSE_FOR_PROXY, exposure.of(preparation));
        backend.syncForProxy();
    }

    private void ensureEmpty() {
        PreparedStatement empty = PreparedStatement.EMPTY;
        // Counts as use, so it is not for `has` to say.
        if (preparations.get(empty) == null) {
            parse(empty, empty.body());
            expect(Response.PARSE_FOR_PROXY, new Preparation(empty, null, Optional.empty()));
        }
    }

    private void parse(PreparedStatement statement, byte[] body) {
        int length = statement.nameLength() + body.length;
        ByteBuf out = backend.writer().append(5 + length);
        out.writeByte('P').writeInt(4 + length);
        statement.writeName(out);
        out.writeBytes(body);
    }

    private void expect(Response response, Preparation preparation) {
        preparations.put(preparation.statement, preparation);
        backend.expectInBatch(response, preparation);
    }

    /// Asks what the server says of a statement that it has, unless it has been asked.
    public void describe(PreparedStatement statement) {
        StatementDescription description = use(statement);
        if (!description.isAwaited()) {
            write('D', statement);
            backend.expectInBatch(Response.DESCRIBE_FOR_PROXY, description.await());
        }
    }

    /// Drops a statement.
    public void close(PreparedStatement statement) {
        preparations.remove(statement);
        write('C', statement);
        backend.expectInBatch(Response.CLOSE_FOR_PROXY);
    }

    private void write(char tag, PreparedStatement statement) {
        ByteBuf out = backend.writer().append(6 + statement.nameLength());
        out.writeByte(tag).writeInt(5 + statement.nameLength()).writeByte('S');
        statement.writeName(out);
    }

    /// Sends a client's Parse under a name that is taken: the server says first what is wrong with the statement, and
    /// only then that the name exists.
    ///
    /// @param taken a statement that any server accepts, even in a failed transaction, by the client's name
    public void prepareAgain(ClientStatements.Named taken, ByteBuf in, int body, int bodyBytes) {
        PreparedStatement statement = taken.statement();
        ensureEmpty();
        ByteBuf out = backend.writer().append(5 + statement.nameLength() + bodyBytes);
        out.writeByte('P').writeInt(4 + statement.nameLength() + bodyBytes);
        statement.writeName(out);
        out.writeBytes(in, body, bodyBytes);
        backend.expectInBatch(Response.PARSE, taken);
    }

    /// Sends a Parse of the proxy's own, after which the server knows a client's statement by the client's name for it.
    ///
    /// @param change ends the statement as one of the proxy's names
    /// @param forQuery whether that is for the simple query that follows, which is then the one to fail
    public void expose(ClientStatements.Named named, ClientStatements.Change change, boolean forQuery) {
        PreparedStatement statement = named.statement();
        byte[] body = statement.body(named.description());
        int length = named.nameLength() + body.length;
        ByteBuf out = backend.writer().append(5 + length);
        out.writeByte('P').writeInt(4 + length);
        named.writeName(out);
        out.writeBytes(body);
        if (forQuery && exposure == null) {
            exposure = new Exposure();
        }
        backend.expectInBatch(Response.PARSE_FOR_PROXY, exposure == null ? change : exposure.of(change));
        if (forQuery) {
            backend.syncForProxy();
        }
    }

    /// What the end of a simple query decides, given what it decides otherwise.
    public @Nullable Outcome ofQuery(@Nullable Outcome query) {
        Outcome outcome = exposure == null ? query : exposure.ofQuery(query);
        exposure = null;
        return outcome;
    }

    /// Sends a query that drops a statement which no client has, in place of one that no backend has.
    ///
    /// @param change of the client's statements when that is done
    /// @param query what else the end of the query decides
    public void deallocate(ClientStatements.Change change, @Nullable Outcome query) {
        ensureEmpty();
        byte[] sql = DEALLOCATE.getBytes(StandardCharsets.US_ASCII);
        backend.writer()
                .append(5 + sql.length)
                .writeByte('Q')
                .writeInt(4 + sql.length)
                .writeBytes(sql);
        backend.expectBatchEnd(Response.QUERY, new Deallocation(change, query));
    }

    /// The server has dropped the statement that the query due was to drop.
    public void deallocated() {
        if (backend.responses().dueOutcome() instanceof Deallocation deallocation) {
            deallocation.completed();
        }
    }

    /// The server has dropped what it had; what is on its way stays.
    public void forgetConfirmed() {
        preparations.values().removeIf(preparation -> preparation.confirmed);
    }

    /// Closes those that are too many.
    void evict() {
        if (preparations.size() <= sizeMax) {
            return;
        }
        Iterator<PreparedStatement> eldestFirst = preparations.keySet().iterator();
        while (preparations.size() > sizeMax) {
            PreparedStatement eldest = eldestFirst.next();
            eldestFirst.remove();
            write('C', eldest);
            backend.responses().expect(Response.CLOSE_FOR_PROXY);
        }
        backend.syncForProxy();
    }
}
