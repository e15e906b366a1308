package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.Lender;
import dev.pgbraid.proxy.backend.Tenant;
import dev.pgbraid.proxy.session.Settings;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One shard's part in a [Fan]: a backend that is asked something, and whose answers are read when it is their turn.
final class FanBranch implements Tenant {
    private static final int HEADER_BYTES = 5;

    /// What the branches of a fan tell.
    interface Owner {
        /// What names its session in requests to cancel.
        int processId();

        /// The backend is there.
        void granted(FanBranch branch);

        /// There will be no backend.
        void refused(ProxyException reason);

        /// The server has answered with an error. What else it answers is dropped.
        void failed(FanBranch branch, ErrorFields error);

        /// The connection is lost.
        void lost(FanBranch branch, ProxyException reason);

        /// The server has answered all that it was asked.
        void answered(FanBranch branch);

        /// What was read has been dealt with.
        void batchReceived();

        /// The server can take more bytes, or should not be given more for now.
        void writable(boolean writable);

        /// Whether a server may be stopped whose answer nobody needs, though that fails the transaction that it is in.
        boolean mayStop();

        /// The server reported a parameter.
        void reported(String name, String value);
    }

    /// Where the answers go.
    interface Sink {
        /// Takes note of the message of `bytes` that begins at `at`, all of which is there unless it is a row or very
        /// long; false if it does not pass.
        boolean accept(byte tag, ByteBuf in, int at, int bytes);

        /// Takes a part of what passes: messages, or a part of one.
        void pass(ByteBuf in, int index, int length);
    }

    private enum Phase {
        NEW,
        WAITING,
        LENT,
        ASKED,
        OVER
    }

    private final Owner owner;
    private final Lender lender;
    private final Sink sink;
    private Phase phase = Phase.NEW;
    private @Nullable Backend backend;

    private boolean hasTurn;

    /// What came before its turn: from a server that hangs up everything is read at once.
    private final Deque<ByteBuf> early = new ArrayDeque<>(0);

    /// Whether what comes is of no use any more.
    private boolean dropping;

    /// How much of the message that passes, or does not, has yet to come.
    private int left;

    private boolean passing;

    private long askedNanos;
    private Optional<Duration> took = Optional.empty();

    FanBranch(Owner owner, Lender lender, Sink sink) {
        this.owner = owner;
        this.lender = lender;
        this.sink = sink;
    }

    String name() {
        return lender.target().shard();
    }

    /// The epoch by which statements for the shard are routed now.
    long epoch() {
        return lender.epoch();
    }

    /// Whether something is under way.
    boolean isBusy() {
        return phase != Phase.NEW && phase != Phase.OVER;
    }

    /// Whether the client has the start of a message of which more follows.
    boolean isMidMessage() {
        return passing && left > 0;
    }

    void checkOut(Settings settings) {
        phase = Phase.WAITING;
        Backend lent = lender.checkOut(this, settings);
        if (lent != null) {
            granted(lent);
        }
    }

    @Override
    public void granted(Backend lent) {
        backend = lent;
        phase = Phase.LENT;
        lent.writer().flush();
        owner.granted(this);
    }

    @Override
    public void refused(ProxyException reason) {
        phase = Phase.OVER;
        owner.refused(reason);
    }

    /// Asks the server, and leaves what it answers where it is until [#beginTurn].
    ///
    /// @param question sends messages, and expects their answers
    void ask(Consumer<Backend> question) {
        Backend lent = lent();
        phase = Phase.ASKED;
        askedNanos = System.nanoTime();
        lent.read(hasTurn);
        question.accept(lent);
        lent.writer().flush();
    }

    /// Sends more to a server that has not answered all yet.
    void add(Consumer<Backend> more) {
        more.accept(lent());
        lent().writer().flush();
    }

    /// Passes its answer on from now on.
    void beginTurn() {
        hasTurn = true;
        while (hasTurn && !early.isEmpty()) {
            pass(early.remove());
        }
        read(hasTurn);
        endIfAnswered();
    }

    /// Leaves what comes next where it is, from the end of the message at hand.
    void endTurn() {
        hasTurn = false;
        read(false);
    }

    /// Writes bytes to the server: messages, or a part of one.
    void write(ByteBuf bytes, int index, int length) {
        lent().writer().write(bytes, index, length);
    }

    void flush() {
        if (phase == Phase.ASKED) {
            lent().writer().flush();
        }
    }

    /// Whether the server can take more bytes.
    boolean isWritable() {
        return phase == Phase.ASKED && lent().isWritable();
    }

    void read(boolean wanted) {
        if (phase == Phase.ASKED) {
            lent().read(wanted || dropping);
        }
    }

    void cancel() {
        if (phase == Phase.ASKED) {
            lent().cancel();
        }
    }

    /// Nobody needs the answer any more.
    void giveUp() {
        switch (phase) {
            case NEW -> phase = Phase.OVER;
            case WAITING -> {
                lender.withdraw(this);
                phase = Phase.OVER;
            }
            case LENT -> giveBack();
            case ASKED -> {
                if (!dropping) {
                    drop();
                }
            }
            case OVER -> {}
        }
    }

    private void drop() {
        dropping = true;
        if (lent().isAnswered()) {
            giveBack();
            return;
        }
        if (owner.mayStop()) {
            lent().cancel();
        }
        lent().read(true);
    }

    private void over() {
        phase = Phase.OVER;
        while (!early.isEmpty()) {
            early.remove().release();
        }
    }

    /// The client is gone.
    void abandon() {
        if (phase == Phase.ASKED) {
            over();
            lent().abandon();
        } else {
            giveUp();
        }
    }

    private void giveBack() {
        over();
        Backend lent = lent();
        backend = null;
        lent.read(true);
        lender.giveBack(lent);
    }

    private Backend lent() {
        if (backend == null) {
            throw new IllegalStateException("no backend while " + phase);
        }
        return backend;
    }

    @Override
    public int processId() {
        return owner.processId();
    }

    @Override
    public void received(ByteBuf bytes) {
        if (hasTurn || dropping) {
            pass(bytes);
        } else {
            early.add(bytes);
        }
    }

    private void pass(ByteBuf bytes) {
        try {
            int at = bytes.readerIndex();
            int from = at;
            while (at < bytes.writerIndex()) {
                boolean begins = left == 0;
                if (begins) {
                    left = 1 + bytes.getInt(at + 1);
                }
                boolean passes = begins ? accept(bytes, at) : passing;
                if (passes != passing || !passes) {
                    hand(bytes, from, at, passing);
                    from = at;
                    passing = passes;
                }
                int step = Math.min(left, bytes.writerIndex() - at);
                left -= step;
                at += step;
                if (left == 0 && !hasTurn && !dropping && at < bytes.writerIndex()) {
                    early.addFirst(bytes.retainedSlice(at, bytes.writerIndex() - at));
                    break;
                }
            }
            hand(bytes, from, at, passing);
        } finally {
            bytes.release();
        }
    }

    private void hand(ByteBuf bytes, int from, int to, boolean wanted) {
        if (wanted && to > from) {
            sink.pass(bytes, from, to - from);
        }
    }

    /// Takes note of the message at `at`; false if it does not pass.
    private boolean accept(ByteBuf in, int at) {
        if (dropping) {
            return false;
        }
        byte tag = in.getByte(at);
        if (tag == 'E') {
            dropping = true;
            owner.failed(this, error(in, at));
        }
        return !dropping && sink.accept(tag, in, at, left);
    }

    private ErrorFields error(ByteBuf in, int at) {
        int here = Math.min(left, in.writerIndex() - at);
        return ErrorFields.read(new MessageReader("ErrorResponse", in.slice(at + HEADER_BYTES, here - HEADER_BYTES)));
    }

    @Override
    public void answered(TransactionStatus status, long now) {
        took = Optional.of(Duration.ofNanos(now - askedNanos));
    }

    /// How long it took the server to answer, if it has. Until its turn it may have had to wait with that.
    Optional<Duration> took() {
        return took;
    }

    @Override
    public void parameterReported(String name, String value) {
        owner.reported(name, value);
    }

    @Override
    public void batchReceived() {
        owner.batchReceived();
        endIfAnswered();
    }

    private void endIfAnswered() {
        boolean isRead = dropping || (hasTurn && early.isEmpty());
        if (isRead && phase == Phase.ASKED && lent().isAnswered()) {
            phase = Phase.LENT;
            owner.answered(this);
        }
    }

    @Override
    public void lost(ProxyException reason, boolean explained) {
        over();
        backend = null;
        owner.lost(this, reason);
    }

    @Override
    public void settingsRefused(ErrorFields error) {
        over();
        lent().abandon();
        owner.failed(this, error);
        owner.answered(this);
    }

    @Override
    public void backendWritable(boolean writable) {
        owner.writable(writable);
    }
}
