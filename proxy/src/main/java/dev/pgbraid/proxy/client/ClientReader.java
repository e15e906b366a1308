package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.Errors;
import dev.pgbraid.proxy.session.ExpectedResponses;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.SessionEvent;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what a client sends and passes it on to the backend that its session is lent.
///
/// Only message headers are looked at, and the names of statements, which are not the same on a backend. Neighbouring
/// messages that pass unchanged leave in one piece; a message that is larger than what was read passes in parts.
final class ClientReader {
    private static final Logger LOGGER = LoggerFactory.getLogger(ClientReader.class);
    private static final int HEADER_BYTES = 5;
    private static final int HELD_BYTES_MIN = 64;

    private static final int NAME_BYTES_MAX = 64 * 1024;

    /// What becomes of a message.
    private enum Fate {
        PASS,
        DROP,
        /// Too little of it is here to tell.
        WAIT
    }

    private final Session session;
    private final ClientRequests requests;
    private final Worker worker;
    private final Steering steering;

    /// What waits for a backend, or for the rest of a message.
    private @Nullable ByteBuf held;

    /// How much of the message under way has yet to come, and whether it passes or is dropped.
    private int left;

    private boolean dropping;

    private boolean droppingNext;

    /// Whether the next message has been seen already, and had to wait.
    private boolean noted;

    private boolean stalled;

    /// Whether the message that is stalled is to be refused.
    private boolean canceled;

    /// Whether nothing is read any more: the client has said goodbye, or what cannot be read.
    private boolean ended;

    /// Whether the client sends no more than has come.
    private boolean inputEnded;

    /// Where the bytes begin that pass but have not been handed over, and where the next message begins.
    private int from;
    private int at;

    /// @param steering decides about each message before it is handled
    ClientReader(Session session, ClientRequests requests, Worker worker, Steering steering) {
        this.session = session;
        this.requests = requests;
        this.worker = worker;
        this.steering = steering;
    }

    /// Takes ownership of `arrived`.
    void read(ByteBuf arrived) {
        if (ended) {
            arrived.release();
        } else if (held == null && !session.isWaiting()) {
            process(arrived, false);
        } else {
            hold(arrived, arrived.readerIndex());
            arrived.release();
            resume();
        }
    }

    /// Goes on with what was held back, unless the session still waits.
    void resume() {
        ByteBuf in = held;
        if (in != null && !session.isWaiting()) {
            held = null;
            try {
                process(in, true);
            } catch (RuntimeException cause) {
                // What goes on when a server answers must not be taken for that server's fault.
                session.failed(cause);
            }
        }
    }

    /// The client sends no more.
    void endInput() {
        inputEnded = true;
    }

    /// Whether everything has been handled that the client will ever say.
    boolean isAtEnd() {
        return ended || (inputEnded && session.isReading() && !stalled);
    }

    /// Whether the client has said that this is the end.
    boolean isEnded() {
        return ended;
    }

    /// Whether a message waits for answers to earlier ones.
    boolean isStalled() {
        return stalled;
    }

    /// Cancels the statement that is stalled, if there is one.
    ///
    /// @return false if what the client means may be at a server
    boolean cancelStalled() {
        Backend backend = session.backend();
        boolean isOwed = backend != null && backend.responses().isAnyForClient();
        boolean isOther = backend != null && backend.responses().isBatchDue();
        if (!stalled || !session.isReading() || isOther || !FrontendTag.takesTime(heldTag())) {
            return false;
        }
        canceled = true;
        resume();
        // The error of one part of a batch is that of all of it.
        return !isOwed;
    }

    int heldBytes() {
        return held == null ? 0 : held.readableBytes();
    }

    /// The type of the message that waits for a backend.
    private byte heldTag() {
        return held == null ? 0 : held.getByte(held.readerIndex());
    }

    void close() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    /// @param gathered whether the buffer is one that was held
    private void process(ByteBuf in, boolean gathered) {
        boolean taken = false;
        stalled = false;
        try {
            from = in.readerIndex();
            at = from;
            while (at < in.writerIndex() && session.isReading() && step(in)) {}
            if (session.isClosed()) {
                return;
            }
            if (gathered && at == in.readerIndex()) {
                // A large message grows in place.
                held = in;
                taken = true;
                return;
            }
            if (at < in.writerIndex()) {
                hold(in, at);
            }
            taken = handOverAll(in);
        } finally {
            if (!taken) {
                in.release();
            }
        }
    }

    /// Writes what passes; true if that is the whole buffer, which then belongs to the backend.
    private boolean handOverAll(ByteBuf in) {
        Backend backend = session.backend();
        if (backend == null) {
            return false;
        }
        backend.midMessageToServer(left > 0 && !dropping);
        if (from == in.readerIndex() && at == in.writerIndex()) {
            backend.writer().take(in);
            return true;
        }
        handOver(in);
        return false;
    }

    private void hold(ByteBuf in, int index) {
        int bytes = in.writerIndex() - index;
        if (held == null) {
            held = in.alloc().buffer(Math.max(HELD_BYTES_MIN, bytes));
        }
        held.writeBytes(in, index, bytes);
    }

    /// Writes what passes, so that something else can be written after it.
    void handOver(ByteBuf in) {
        Backend backend = session.backend();
        if (backend != null && at > from) {
            backend.writer().write(in, from, at - from);
        }
        from = at;
    }

    /// Handles one message or a part of one; false if that needs more bytes or a backend.
    private boolean step(ByteBuf in) {
        int here = in.writerIndex() - at;
        if (left > 0) {
            move(in, here, left);
            return true;
        }
        if (here < HEADER_BYTES) {
            return false;
        }
        byte tag = in.getByte(at);
        int length = in.getInt(at + 1);
        if (!FrontendTag.allows(tag, length)) {
            session.log(LOGGER.atWarn()).log("broken protocol: invalid message length");
            end(in);
            return false;
        }
        int bytes = 1 + limited(tag, length);
        if (!noted) {
            noted = true;
            session.meter().begins(tag, !isBusy(session.backend()));
            session.meter().slowLog().reads(tag, in, at, at + Math.min(here, bytes));
        }
        return switch (steer(in, bytes, here)) {
            case READY -> handle(in, tag, bytes, here);
            case WAIT -> false;
            case STALLED -> {
                stalled = true;
                yield false;
            }
            case ANSWERED -> {
                dropping = true;
                move(in, here, bytes);
                yield true;
            }
        };
    }

    private Steering.Step steer(ByteBuf in, int bytes, int here) {
        if (droppingNext) {
            droppingNext = false;
            return Steering.Step.ANSWERED;
        }
        if (!canceled) {
            return steering.steer(this, in, at, bytes, here);
        }
        if (!steering.forgetStalled()) {
            return Steering.Step.STALLED;
        }
        canceled = false;
        refuse(new ClientMessage(this, in, at, bytes, here), Errors.fields(SessionErrors.canceledAhead()));
        return Steering.Step.ANSWERED;
    }

    /// Answers a message with an error.
    void refuse(ClientMessage message, ErrorFields error) {
        Backend backend = session.backend();
        if (backend == null) {
            session.refuse(error, message.isSimple());
            return;
        }
        handOver(message.in());
        backend.refuse(error);
        if (message.isSimple()) {
            backend.writer().append(HEADER_BYTES).writeByte('S').writeInt(4);
            requests.sync(backend);
        }
    }

    /// Whether a request of the client's is under way.
    private static boolean isBusy(@Nullable Backend backend) {
        return backend != null && (!backend.responses().isEmpty() || backend.isBatchOpen());
    }

    private boolean handle(ByteBuf in, byte tag, int bytes, int here) {
        if (tag == 'X') {
            end(in);
            return false;
        }
        if (asksForBackend(tag, bytes) && !hasBackend()) {
            return false;
        }
        Fate fate = session.backend() == null ? withoutBackend(tag) : withBackend(in, tag, bytes, here);
        if (fate == Fate.WAIT) {
            return false;
        }
        dropping = fate == Fate.DROP;
        move(in, here, bytes);
        return true;
    }

    /// Whether there is a backend that the next message can be sent to now.
    private boolean hasBackend() {
        if (session.backend() == null) {
            session.fire(SessionEvent.STATEMENT_ARRIVED);
        }
        stalled = mustSettleFirst();
        return session.backend() != null && !stalled;
    }

    /// Whether a new batch has to wait for answers: they change the settings, or notifications belong between them.
    boolean mustSettleFirst() {
        Backend backend = session.backend();
        return backend != null
                && backend.isBatchUnanswered()
                && (session.belongings().awaitsReset()
                        || session.subscriptions().isActive());
    }

    private void move(ByteBuf in, int here, int bytes) {
        if (dropping) {
            handOver(in);
        }
        noted = false;
        int moving = Math.min(here, bytes);
        at += moving;
        left = bytes - moving;
        if (dropping) {
            from = at;
        }
    }

    /// Leaves unread what follows.
    private void end(ByteBuf in) {
        ended = true;
        handOver(in);
        from = in.writerIndex();
        at = from;
    }

    private int limited(byte tag, int length) {
        long max = worker.limits().messageMax().bytes();
        if (length > max) {
            throw new ProtocolViolation("invalid message length " + length + " of a message of type " + (tag & 0xFF));
        }
        return length;
    }

    /// Drops the message that waits, which has been refused; others of its batch go with it.
    ///
    /// @return whether it is a batch of its own
    boolean dropHeld() {
        droppingNext = FrontendTag.isSimple(heldTag());
        return droppingNext;
    }

    private boolean asksForBackend(byte tag, int bytes) {
        return switch (tag) {
            case 'Q', 'F', 'P', 'B', 'D', 'E', 'C' -> !session.isDiscarding();
            // What is wrong with these is for the server to say.
            case 'S', 'H' -> bytes > HEADER_BYTES && !session.isDiscarding();
            default -> false;
        };
    }

    private Fate withoutBackend(byte tag) {
        if (tag == 'S') {
            session.fire(SessionEvent.SYNC_RECEIVED);
        }
        // Statements that were refused; Flush without anything to flush; data that trails a failed copy.
        return Fate.DROP;
    }

    private Fate withBackend(ByteBuf in, byte tag, int bytes, int here) {
        Backend backend = session.attachedBackend();
        ExpectedResponses responses = backend.responses();
        if (responses.isSkippingToSync() && tag != 'S') {
            return Fate.DROP;
        }
        if (responses.isCopyingIn()) {
            return whileCopying(responses, tag);
        }
        return switch (tag) {
            case 'Q' -> query(backend, in, bytes, here);
            case 'F' -> functionCall(backend, in, bytes, here);
            case 'S' -> {
                requests.sync(backend);
                yield Fate.PASS;
            }
            case 'E' -> execute(backend, in, bytes, here);
            case 'P', 'B', 'D', 'C' -> named(backend, in, tag, bytes, here);
            case 'c', 'f' -> {
                responses.endCopy();
                yield Fate.PASS;
            }
            case 'H' -> {
                if (bytes > HEADER_BYTES) {
                    // The server refuses it.
                    backend.expectInBatch(Response.CLOSE);
                }
                yield Fate.PASS;
            }
            case 'd' -> Fate.PASS;
            default -> throw FrontendTag.unknown(tag);
        };
    }

    private Fate functionCall(Backend backend, ByteBuf in, int bytes, int here) {
        boolean isWhole = bytes >= HEADER_BYTES + Integer.BYTES;
        if (isWhole && here < HEADER_BYTES + Integer.BYTES) {
            return Fate.WAIT;
        }
        requests.functionCall(backend, isWhole ? in.getInt(at + HEADER_BYTES) : 0);
        return Fate.PASS;
    }

    private Fate execute(Backend backend, ByteBuf in, int bytes, int here) {
        if (here < bytes && requests.isWatchingPortals()) {
            return Fate.WAIT;
        }
        requests.execute(backend, in, at, here);
        return Fate.PASS;
    }

    private Fate query(Backend backend, ByteBuf in, int bytes, int here) {
        limitWhole((byte) 'Q', bytes);
        if (here < bytes) {
            return Fate.WAIT;
        }
        return fate(requests.query(this, backend, in, at, bytes));
    }

    /// A server that copies in ignores Flush and Sync, and fails the copy for anything that is not a part of it.
    private static Fate whileCopying(ExpectedResponses responses, byte tag) {
        if (tag == 'c' || tag == 'f') {
            responses.endCopy();
        }
        return tag == 'H' || tag == 'S' ? Fate.DROP : Fate.PASS;
    }

    private Fate named(Backend backend, ByteBuf in, byte tag, int bytes, int here) {
        limitWhole(tag, bytes);
        if (here < bytes && (tag != 'B' || !hasNames(in, here))) {
            return Fate.WAIT;
        }
        return fate(requests.named(this, backend, in, at, Math.min(here, bytes), bytes));
    }

    private Fate fate(int consumed) {
        if (consumed == ClientRequests.UNSETTLED) {
            stalled = true;
            return Fate.WAIT;
        }
        if (consumed == ClientRequests.REPLACED) {
            return Fate.DROP;
        }
        if (consumed != ClientRequests.UNCHANGED) {
            from = at + consumed;
        }
        return Fate.PASS;
    }

    /// Refuses what would have to be kept until it is whole and is too large for that.
    void limitWhole(byte tag, int bytes) {
        long max = worker.limits().statementMax().bytes();
        if ((tag == 'P' || tag == 'Q') && bytes > max) {
            throw new ProtocolViolation(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "a message of type " + (char) tag + " has " + bytes + " bytes, the limit is " + max);
        }
    }

    /// Whether both names of a Bind have arrived.
    private boolean hasNames(ByteBuf in, int here) {
        int portalEnd = in.indexOf(at + HEADER_BYTES, at + here, (byte) 0);
        boolean whole = portalEnd >= 0 && in.indexOf(portalEnd + 1, at + here, (byte) 0) >= 0;
        if (!whole && here > NAME_BYTES_MAX) {
            throw new ProtocolViolation("a name of more than " + NAME_BYTES_MAX + " bytes");
        }
        return whole;
    }
}
