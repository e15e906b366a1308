package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.Belongings;
import dev.pgbraid.proxy.session.ChangeReader;
import dev.pgbraid.proxy.session.ClientStatements;
import dev.pgbraid.proxy.session.PreparedStatement;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.SessionChanges;
import dev.pgbraid.proxy.session.StatementCache;
import dev.pgbraid.proxy.session.Tie;
import dev.pgbraid.proxy.session.UnnamedStatement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// Sends a client's requests to whatever backend its session has, so that its prepared statements seem to be there.
///
/// A named statement is prepared on a backend when it is first used there, under a name of the proxy's. The unnamed
/// statement is remembered, and prepared again on a backend that has lost it to somebody else.
final class ClientRequests {
    /// What [#named] says when the message passes as it is.
    static final int UNCHANGED = 0;

    /// What [#named] says when something else was sent, or answered, in place of the message.
    static final int REPLACED = -1;

    /// What [#named] says when the message must wait for answers to earlier ones.
    static final int UNSETTLED = -2;

    private final Session session;
    private final Belongings belongings;
    private final StatementCache cache;
    private final ChangeReader changeReader;
    private final Worker worker;
    private @Nullable ClientStatements statements;

    private final StatementCheck check;
    private final Forgetting forgetting = new Forgetting();
    private final UnnamedStatement unnamed = new UnnamedStatement();

    ClientRequests(Session session, Worker worker) {
        this.session = session;
        this.belongings = session.belongings();
        this.cache = worker.statements();
        this.changeReader = worker.changeReader();
        this.worker = worker;
        this.check = new StatementCheck(cache);
    }

    /// A backend was lent, whose batches have numbers of their own.
    void attached() {
        forgetting.attached();
    }

    /// What the client has prepared by names.
    ClientStatements statements() {
        if (statements == null) {
            statements = new ClientStatements();
        }
        return statements;
    }

    UnnamedStatement unnamed() {
        return unnamed;
    }

    int statementCount() {
        return statements == null ? 0 : statements.size();
    }

    /// The server has forgotten every named statement.
    void forgetStatements() {
        if (statements != null) {
            statements.forgetConfirmed();
        }
    }

    /// Handles a simple query.
    ///
    /// @param at where the message begins, all of whose `bytes` are in the buffer
    /// @return [#UNCHANGED], [#REPLACED] or [#UNSETTLED]
    int query(ClientReader reader, Backend backend, ByteBuf in, int at, int bytes) {
        SessionChanges changes = changes(in, at + ClientMessage.HEADER_BYTES, at + bytes);
        if (changes.deallocates().isPresent() && statements != null) {
            int deallocated = deallocate(statements, changes.deallocates().get(), reader, backend, in);
            if (deallocated != UNCHANGED) {
                return deallocated;
            }
        }
        boolean inBatch = backend.isBatchOpen();
        int readied = makeReady(changes, !inBatch, reader, backend, in);
        if (readied == REPLACED) {
            backend.writer().append(ClientMessage.HEADER_BYTES).writeByte('S').writeInt(4);
            sync(backend);
        }
        if (readied != UNCHANGED) {
            return readied;
        }
        runs(backend, changes);
        if (inBatch) {
            // PostgreSQL 18 may fail the next statement of the session, which could be somebody else's.
            backend.retire();
        }
        backend.expectBatchEnd(
                Response.QUERY, backend.statements().ofQuery(backend.unnamed().endByQuery(unnamed)));
        return UNCHANGED;
    }

    /// Drops a statement of the client's for a query that does nothing else, without the server's knowing it.
    private int deallocate(ClientStatements from, String text, ClientReader reader, Backend backend, ByteBuf in) {
        byte[] name = text.getBytes(belongings.rules().charset());
        ByteBuf inBuffer = Unpooled.wrappedBuffer(name);
        if (!isSettled(backend, inBuffer, 0, name.length)
                || !backend.statements().isSettled(PreparedStatement.EMPTY)) {
            return UNSETTLED;
        }
        if (from.find(inBuffer, 0, name.length) == null) {
            return UNCHANGED;
        }
        reader.handOver(in);
        backend.statements()
                .deallocate(from.close(name, backend.batch()), backend.unnamed().endByQuery(unnamed));
        return REPLACED;
    }

    /// Makes the backend ready for a text that changes what it says, or refuses that.
    ///
    /// @param isQuery whether it is a simple query outside of any batch
    /// @return [#UNCHANGED] if it is ready, else what becomes of the message
    private int makeReady(SessionChanges changes, boolean isQuery, ClientReader reader, Backend backend, ByteBuf in) {
        if (changes.isNone()) {
            return UNCHANGED;
        }
        if (changes.statements().stream().anyMatch(name -> name.startsWith(PreparedStatement.PREFIX))) {
            reader.handOver(in);
            backend.refuse(StatementErrors.reservedName());
            return REPLACED;
        }
        if (changes.readsSequences() && !belongings.ties().contains(Tie.SEQUENCE)) {
            reader.handOver(in);
            if (!backend.sequences().areOwn()) {
                backend.refuse(StatementErrors.sequencesLost());
                return REPLACED;
            }
        }
        if (changes.unlistens()) {
            reader.handOver(in);
            if (!session.subscriptions().isReadyToUnlisten(backend)) {
                return refuseUnlisten(backend);
            }
        }
        return expose(changes, isQuery, reader, backend, in) ? UNCHANGED : UNSETTLED;
    }

    /// The same for a statement that the client has prepared.
    private int makeReady(
            PreparedStatement statement, ClientReader reader, Backend backend, ByteBuf in, int name, int nameBytes) {
        reader.handOver(in);
        if (forgetting.isReached(backend) && !backend.statements().has(statement)) {
            backend.refuse(StatementErrors.unknown(in, name, nameBytes));
            return REPLACED;
        }
        return makeReady(statement.changes(), false, reader, backend, in);
    }

    private int makeUnnamedReady(ClientReader reader, Backend backend, ByteBuf in, boolean describing) {
        int readied = makeReady(unnamed.changes(), false, reader, backend, in);
        if (readied != UNCHANGED || backend.unnamed().isSure(unnamed)) {
            return readied;
        }
        reader.handOver(in);
        return check.ensure(unnamed, backend, describing);
    }

    /// Lets the server know the statements that a text names by the client's names for them, since it sees no others.
    /// They are the server's alone from then on, and tie the session to the backend.
    ///
    /// @return false if it is not certain yet which statements these are
    private boolean expose(SessionChanges changes, boolean isQuery, ClientReader reader, Backend backend, ByteBuf in) {
        if (statements == null) {
            return true;
        }
        for (String text : changes.statements()) {
            byte[] name = text.getBytes(belongings.rules().charset());
            ByteBuf inBuffer = Unpooled.wrappedBuffer(name);
            if (!isSettled(backend, inBuffer, 0, name.length)) {
                return false;
            }
            ClientStatements.Named named = statements.find(inBuffer, 0, name.length);
            if (named != null && backend.responses().isBatchDue()) {
                return false;
            }
            if (named != null && backend.isSureToParse()) {
                reader.handOver(in);
                belongings.suspect(SessionChanges.of(Tie.PREPARED));
                backend.statements().expose(named, statements.close(name, backend.batch()), isQuery);
            }
        }
        return true;
    }

    private int refuseUnlisten(Backend backend) {
        boolean isSettled =
                !backend.responses().isBatchDue() && !session.subscriptions().isLeaving();
        if (isSettled) {
            backend.refuse(StatementErrors.cannotUnlisten());
        }
        return isSettled ? REPLACED : UNSETTLED;
    }

    /// What the text at `text` may change of the session.
    SessionChanges changes(ByteBuf in, int text, int end) {
        int textEnd = in.indexOf(text, end, (byte) 0);
        return textEnd < 0 ? SessionChanges.NONE : changeReader.read(in, text, textEnd - text, belongings.rules());
    }

    /// A statement is sent that does something to the session.
    void runs(Backend backend, SessionChanges changes) {
        if (changes.hidden()) {
            backend.runsHiddenCode();
        }
        if (changes.isNone()) {
            return;
        }
        belongings.suspect(changes);
        if (changes.forgets()) {
            forgetting.asked(backend);
        }
    }

    /// @param function its number, of which only built-in ones are the same everywhere
    void functionCall(Backend backend, int function) {
        belongings.suspect(ChangeReader.ofFunctionCall(function));
        backend.runsHiddenCode();
        backend.expectBatchEnd(Response.FUNCTION_CALL);
    }

    /// Whether an Execute must be seen whole.
    boolean isWatchingPortals() {
        return forgetting.isWatchingPortals();
    }

    /// @param at where the message begins, of which `here` bytes are in the buffer, all of them if portals are watched
    void execute(Backend backend, ByteBuf in, int at, int here) {
        forgetting.executes(backend, in, at, here);
        backend.expectInBatch(Response.EXECUTE);
    }

    void sync(Backend backend) {
        backend.expectBatchEnd(Response.SYNC);
    }

    /// Handles a message that may name a statement.
    ///
    /// @param at where the message begins, of which `here` of its `bytes` are in the buffer, names included
    /// @return [#UNCHANGED], [#REPLACED], [#UNSETTLED], or the length of what was sent in other words
    int named(ClientReader reader, Backend backend, ByteBuf in, int at, int here, int bytes) {
        return switch (in.getByte(at)) {
            case 'P' -> parse(reader, backend, in, at, bytes);
            case 'B' -> bind(reader, backend, in, at, here, bytes);
            case 'D' -> describe(reader, backend, in, at, bytes);
            default -> close(reader, backend, in, at, bytes);
        };
    }

    private int parse(ClientReader reader, Backend backend, ByteBuf in, int at, int bytes) {
        int name = at + ClientMessage.HEADER_BYTES;
        int nameEnd = in.indexOf(name, at + bytes, (byte) 0);
        if (nameEnd < 0) {
            return passBroken(backend, Response.PARSE);
        }
        if (nameEnd == name) {
            int body = nameEnd + 1;
            SessionChanges changes = changes(in, body, at + bytes);
            int readied = makeReady(changes, false, reader, backend, in);
            if (readied != UNCHANGED) {
                return readied;
            }
            runs(backend, changes);
            unnamed.prepare(in, body, at + bytes - body, changes);
            backend.unnamed().expect(unnamed);
            return UNCHANGED;
        }
        if (!isSettled(backend, in, name, nameEnd - name)) {
            return UNSETTLED;
        }
        reader.handOver(in);
        return parseNamed(reader, backend, in, name, nameEnd, at + bytes);
    }

    private int parseNamed(ClientReader reader, Backend backend, ByteBuf in, int name, int nameEnd, int end) {
        ClientStatements.Named existing = statements().find(in, name, nameEnd - name);
        if (existing != null && !forgetting.isReached(backend)) {
            return prepareAgain(backend, in, name, nameEnd, end);
        }
        if (existing == null
                && belongings.mayHavePrepared()
                && !PreparedStatement.isReserved(in, name, nameEnd - name)) {
            // Only the server can tell whether it knows the name already.
            belongings.suspect(SessionChanges.of(Tie.PREPARED));
            backend.expectInBatch(Response.PARSE);
            return UNCHANGED;
        }
        return parseOwn(reader, backend, in, name, nameEnd, end);
    }

    /// A statement that no backend has to know by the client's name.
    private int parseOwn(ClientReader reader, Backend backend, ByteBuf in, int name, int nameEnd, int end) {
        ClientStatements into = statements();
        int body = nameEnd + 1;
        boolean forgotten = forgetting.isReached(backend);
        if (into.size() >= worker.limits().clientPreparedStatementsMax()) {
            backend.refuse(StatementErrors.tooMany(worker.limits().clientPreparedStatementsMax()));
            return REPLACED;
        }
        byte[] bodyCopy = ByteBufUtil.getBytes(in, body, end - body);
        boolean shared = backend.isSureToParse() && belongings.isSettled() && !forgotten;
        PreparedStatement statement = shared
                ? cache.intern(belongings.settings(), bodyCopy, () -> changes(in, body, end))
                : cache.unshared(bodyCopy, changes(in, body, end));
        // What it says of its rows is what the statement says that it executes.
        if (!backend.statements().isSettled(statement) || !expose(statement.changes(), false, reader, backend, in)) {
            return UNSETTLED;
        }
        ClientStatements.Change change =
                into.prepare(ByteBufUtil.getBytes(in, name, nameEnd - name), statement, backend.batch());
        if (backend.statements().has(statement)) {
            session.answerInTurn(Response.PARSE_FROM_PROXY, change);
        } else {
            backend.statements().prepare(statement, change);
        }
        change.describedBy(backend.statements().use(statement));
        return REPLACED;
    }

    private static int prepareAgain(Backend backend, ByteBuf in, int name, int nameEnd, int end) {
        if (!backend.statements().isSettled(PreparedStatement.EMPTY)) {
            return UNSETTLED;
        }
        int body = nameEnd + 1;
        byte[] taken = ByteBufUtil.getBytes(in, name, nameEnd - name);
        backend.statements()
                .prepareAgain(new ClientStatements.Named(taken, PreparedStatement.EMPTY), in, body, end - body);
        return REPLACED;
    }

    private int bind(ClientReader reader, Backend backend, ByteBuf in, int at, int here, int bytes) {
        int portal = at + ClientMessage.HEADER_BYTES;
        int portalEnd = in.indexOf(portal, at + here, (byte) 0);
        int name = portalEnd + 1;
        int nameEnd = portalEnd < 0 ? -1 : in.indexOf(name, at + here, (byte) 0);
        if (nameEnd < 0) {
            return passBroken(backend, Response.BIND);
        }
        if (!isSettled(backend, in, name, nameEnd - name)) {
            return UNSETTLED;
        }
        if (nameEnd == name) {
            return bindUnnamed(reader, backend, in, at, here);
        }
        ClientStatements.Named named = find(in, name, nameEnd - name);
        if (named == null) {
            return passUnknown(reader, backend, in, name, nameEnd - name, Response.BIND);
        }
        int readied = makeReady(named.statement(), reader, backend, in, name, nameEnd - name);
        readied = readied == UNCHANGED ? check.ensure(named, backend, false) : readied;
        if (readied != UNCHANGED) {
            return readied;
        }
        PreparedStatement statement = named.statement();
        runs(backend, statement.changes());
        forgetting.binds(statement.changes().forgets(), in, at, here);
        int portalBytes = name - portal;
        ByteBuf out = backend.writer().append(ClientMessage.HEADER_BYTES + portalBytes + statement.nameLength());
        out.writeByte('B').writeInt(bytes - 1 - (nameEnd + 1 - name) + statement.nameLength());
        out.writeBytes(in, portal, portalBytes);
        statement.writeName(out);
        backend.expectInBatch(Response.BIND, named);
        return nameEnd + 1 - at;
    }

    private int bindUnnamed(ClientReader reader, Backend backend, ByteBuf in, int at, int here) {
        int readied = makeUnnamedReady(reader, backend, in, false);
        if (readied != UNCHANGED) {
            return readied;
        }
        runs(backend, unnamed.changes());
        forgetting.binds(unnamed.changes().forgets(), in, at, here);
        backend.expectInBatch(Response.BIND);
        return UNCHANGED;
    }

    private int describe(ClientReader reader, Backend backend, ByteBuf in, int at, int bytes) {
        int name = at + ClientMessage.HEADER_BYTES + 1;
        int nameEnd = in.indexOf(name, at + bytes, (byte) 0);
        if (bytes < ClientMessage.HEADER_BYTES + 2 || nameEnd < 0 || in.getByte(name - 1) != 'S') {
            return passBroken(backend, Response.DESCRIBE);
        }
        if (!isSettled(backend, in, name, nameEnd - name)) {
            return UNSETTLED;
        }
        return nameEnd == name
                ? describeUnnamed(reader, backend, in)
                : describeNamed(reader, backend, in, name, nameEnd - name);
    }

    private int describeUnnamed(ClientReader reader, Backend backend, ByteBuf in) {
        int readied = makeUnnamedReady(reader, backend, in, true);
        if (readied != UNCHANGED) {
            return readied;
        }
        backend.expectInBatch(Response.DESCRIBE, unnamed.exists() ? unnamed.description() : null);
        return UNCHANGED;
    }

    private int describeNamed(ClientReader reader, Backend backend, ByteBuf in, int name, int nameBytes) {
        ClientStatements.Named named = find(in, name, nameBytes);
        if (named == null) {
            return passUnknown(reader, backend, in, name, nameBytes, Response.DESCRIBE);
        }
        int readied = makeReady(named.statement(), reader, backend, in, name, nameBytes);
        readied = readied == UNCHANGED ? check.ensure(named, backend, true) : readied;
        if (readied != UNCHANGED) {
            return readied;
        }
        PreparedStatement statement = named.statement();
        ByteBuf out = backend.writer().append(ClientMessage.HEADER_BYTES + 1 + statement.nameLength());
        out.writeByte('D').writeInt(5 + statement.nameLength()).writeByte('S');
        statement.writeName(out);
        backend.expectInBatch(Response.DESCRIBE, named);
        return REPLACED;
    }

    private int close(ClientReader reader, Backend backend, ByteBuf in, int at, int bytes) {
        int name = at + ClientMessage.HEADER_BYTES + 1;
        int nameEnd = in.indexOf(name, at + bytes, (byte) 0);
        if (bytes < ClientMessage.HEADER_BYTES + 2 || nameEnd < 0 || in.getByte(name - 1) != 'S') {
            return passBroken(backend, Response.CLOSE);
        }
        if (!isSettled(backend, in, name, nameEnd - name)) {
            return UNSETTLED;
        }
        if (nameEnd == name) {
            unnamed.end();
            backend.expectInBatch(Response.CLOSE, backend.unnamed().end(unnamed));
            return UNCHANGED;
        }
        if (statements == null || statements.find(in, name, nameEnd - name) == null) {
            return passUnknown(reader, backend, in, name, nameEnd - name, Response.CLOSE);
        }
        reader.handOver(in);
        session.answerInTurn(
                Response.CLOSE_FROM_PROXY,
                statements.close(ByteBufUtil.getBytes(in, name, nameEnd - name), backend.batch()));
        return REPLACED;
    }

    /// The server is the one to say what is wrong with a message that cannot be read.
    private static int passBroken(Backend backend, Response response) {
        backend.expectInBatch(response);
        return UNCHANGED;
    }

    /// A statement that the proxy does not know: the server may know it by the client's name, or says that it does not.
    private int passUnknown(
            ClientReader reader, Backend backend, ByteBuf in, int name, int nameBytes, Response response) {
        if (PreparedStatement.isReserved(in, name, nameBytes)) {
            // Somebody else's statement could have this name there.
            reader.handOver(in);
            backend.refuse(StatementErrors.unknown(in, name, nameBytes));
            return REPLACED;
        }
        if (belongings.mayHavePrepared() && response != Response.DESCRIBE) {
            runs(backend, ChangeReader.anything());
        }
        backend.expectInBatch(response);
        return UNCHANGED;
    }

    /// Whether it is certain which statement the name stands for, and whether the backend has it.
    boolean isSettled(Backend backend, ByteBuf in, int name, int nameBytes) {
        if (nameBytes == 0) {
            return backend.unnamed().isSettled();
        }
        if (statements == null) {
            return true;
        }
        if (!forgetting.isSettled(backend) || !statements.isSettled(in, name, nameBytes, backend.batch())) {
            return false;
        }
        ClientStatements.Named named = statements.find(in, name, nameBytes);
        return named == null || backend.statements().isSettled(named.statement());
    }

    private ClientStatements.@Nullable Named find(ByteBuf in, int name, int nameBytes) {
        return statements == null ? null : statements.find(in, name, nameBytes);
    }
}
