package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.backend.CommandTag;
import dev.pgbraid.proxy.backend.Tenant;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.Settings;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One shard's part in a [Fan].
final class FanBranch implements Tenant {
    private static final int HEADER_BYTES = 5;

    private enum Phase {
        NEW,
        WAITING,
        LENT,
        ASKED,
        OVER
    }

    private final Fan fan;
    private final BackendPool pool;
    private final FanAnswer answer;
    private final boolean isFirst;
    private Phase phase = Phase.NEW;
    private @Nullable Backend backend;

    /// Whether what comes is of no use any more.
    private boolean dropping;

    /// How much of the message that passes, or does not, has yet to come.
    private int left;

    private boolean passing;

    FanBranch(Fan fan, BackendPool pool, FanAnswer answer, boolean isFirst) {
        this.fan = fan;
        this.pool = pool;
        this.answer = answer;
        this.isFirst = isFirst;
    }

    String name() {
        return pool.target().shard();
    }

    /// The epoch by which statements for the shard are routed now.
    long epoch() {
        return pool.epoch();
    }

    /// Whether something is under way.
    boolean isBusy() {
        return phase != Phase.NEW && phase != Phase.OVER;
    }

    void checkOut(Settings settings) {
        phase = Phase.WAITING;
        Backend lent = pool.checkOut(this, settings);
        if (lent != null) {
            granted(lent);
        }
    }

    @Override
    public void granted(Backend lent) {
        backend = lent;
        phase = Phase.LENT;
        lent.writer().flush();
        fan.granted(this);
    }

    @Override
    public void refused(ProxyException reason) {
        phase = Phase.OVER;
        fan.refused(reason);
    }

    /// Asks the server, and leaves what it answers where it is until [#read].
    void send(FanRequest request) {
        Backend lent = lent();
        phase = Phase.ASKED;
        lent.read(false);
        request.send(lent);
        lent.writer().flush();
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
                pool.withdraw(this);
                phase = Phase.OVER;
            }
            case LENT -> giveBack();
            case ASKED -> {
                if (!dropping) {
                    dropping = true;
                    lent().cancel();
                    lent().read(true);
                }
            }
            case OVER -> {}
        }
    }

    /// The client is gone.
    void abandon() {
        if (phase == Phase.ASKED) {
            phase = Phase.OVER;
            lent().abandon();
        } else {
            giveUp();
        }
    }

    private void giveBack() {
        phase = Phase.OVER;
        Backend lent = lent();
        backend = null;
        lent.read(true);
        pool.giveBack(lent);
    }

    private Backend lent() {
        if (backend == null) {
            throw new IllegalStateException("no backend while " + phase);
        }
        return backend;
    }

    @Override
    public void received(ByteBuf bytes) {
        try {
            int at = bytes.readerIndex();
            int from = at;
            while (at < bytes.writerIndex()) {
                boolean begins = left == 0;
                if (begins) {
                    left = 1 + bytes.getInt(at + 1);
                }
                boolean passes = begins ? accept(bytes, at) : passing && !dropping;
                if (passes != passing || !passes) {
                    hand(bytes, from, at, passing);
                    from = at;
                    passing = passes;
                }
                int step = Math.min(left, bytes.writerIndex() - at);
                left -= step;
                at += step;
            }
            hand(bytes, from, at, passing);
        } finally {
            bytes.release();
        }
    }

    private void hand(ByteBuf bytes, int from, int to, boolean wanted) {
        if (wanted && to > from) {
            answer.pass(bytes, from, to - from);
        }
    }

    /// Takes note of the message at `at`; false if the client does not get it.
    private boolean accept(ByteBuf in, int at) {
        byte tag = in.getByte(at);
        if (dropping) {
            return false;
        }
        switch (tag) {
            case 'C' ->
                answer.completed(
                        in.toString(at + HEADER_BYTES, left - HEADER_BYTES - 1, StandardCharsets.UTF_8), isFirst);
            case 'E' -> {
                dropping = true;
                fan.failed(this, error(in, at));
            }
            default -> {}
        }
        return !dropping && answer.passes(tag, isFirst);
    }

    private ErrorFields error(ByteBuf in, int at) {
        int here = Math.min(left, in.writerIndex() - at);
        return ErrorFields.read(new MessageReader("ErrorResponse", in.slice(at + HEADER_BYTES, here - HEADER_BYTES)));
    }

    @Override
    public void batchReceived() {
        fan.batchReceived();
        if (phase == Phase.ASKED && lent().isFree()) {
            giveBack();
            fan.finished(this);
        }
    }

    @Override
    public void lost(ProxyException reason, boolean explained) {
        phase = Phase.OVER;
        backend = null;
        fan.lost(this, reason);
    }

    @Override
    public void settingsRefused(ErrorFields error) {
        phase = Phase.OVER;
        lent().abandon();
        fan.failed(this, error);
        fan.finished(this);
    }

    @Override
    public void proxyAnswers(Response response) {}

    @Override
    public void parameterReported(String name, String value) {}

    @Override
    public void commandCompleted(CommandTag tag) {}

    @Override
    public void notified(NotificationResponse notification) {}

    @Override
    public void backendWritable(boolean writable) {}
}
