package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.proxy.backend.Lender;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A request that every shard is sent as it is.
///
/// The answers are read one after another, so that no more of them is in memory than the client can take; meanwhile the
/// other servers work.
final class ScatterFan extends Fan {
    private final FanRequest request;
    private final boolean inTurn;
    private final FanAnswer answer;

    /// The branch whose answer is read.
    private int current = -1;

    /// @param epoch by which it was planned
    /// @param lenders of the shards
    /// @param inTurn whether a shard is asked only when the one before has succeeded
    ScatterFan(
            Session session,
            long epoch,
            List<Lender> lenders,
            FanRequest request,
            boolean inTurn,
            Consumer<@Nullable ErrorFields> listener) {
        super(session, epoch, listener);
        this.request = request;
        this.inTurn = inTurn;
        this.answer = new FanAnswer(session.writer(), request.rowsMax(), inTurn);
        for (Lender lender : lenders) {
            addBranch(lender, answer.of(branches().isEmpty()));
        }
    }

    @Override
    void begin() {
        checkOut();
    }

    @Override
    void ready() {
        if (!inTurn) {
            branches().forEach(branch -> branch.ask(request::send));
        }
        advance();
    }

    private void advance() {
        current++;
        if (current == branches().size()) {
            giveUp();
            return;
        }
        FanBranch branch = branches().get(current);
        if (inTurn) {
            branch.ask(request::send);
        }
        branch.beginTurn();
    }

    @Override
    public void answered(FanBranch branch) {
        branch.giveUp();
        if (hasFailed() || answer.isEnough()) {
            giveUp();
        } else if (branches().indexOf(branch) == current) {
            advance();
        }
    }

    @Override
    public void failed(FanBranch branch, ErrorFields error) {
        fail(inTurn ? report(branch, error) : error);
    }

    /// What an error means where the shards before have done what was asked.
    private ErrorFields report(FanBranch failed, ErrorFields error) {
        int index = branches().indexOf(failed);
        if (index == 0 || isWaiting() || isInTransaction()) {
            return error;
        }
        return error.withDetail("It was done on " + names(0, index) + ", and remains to be done on "
                        + names(index, branches().size()) + ".")
                .withHint("When the cause is gone, repeat it there by the hint /* pgbraid: shard=NAME */.");
    }

    private String names(int from, int to) {
        return String.join(
                ", ", branches().subList(from, to).stream().map(FanBranch::name).toList());
    }

    @Override
    void succeeded() {
        answer.complete();
    }

    @Override
    boolean isMidMessage(FanBranch branch) {
        return branch.isMidMessage();
    }

    @Override
    public void read(boolean wanted) {
        if (current >= 0 && current < branches().size()) {
            branches().get(current).read(wanted);
        }
    }

    @Override
    public void batchReceived() {
        session().writer().flush();
    }

    @Override
    public void writable(boolean writable) {}
}
