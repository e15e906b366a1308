package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.backend.Errors;
import dev.pgbraid.proxy.net.ChannelWriter;
import dev.pgbraid.proxy.session.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request of a client to several shards, whose answers become one.
///
/// A backend of every shard is there before the first is asked. They are got in the order of the shards, so that no two
/// of these wait for each other. The answers are read one after another, so that no more of them is in memory than the
/// client can take; meanwhile the other servers work.
final class Fan {
    private final ChannelWriter client;
    private final Settings settings;
    private final FanRequest request;
    private final boolean inTurn;
    private final long epoch;
    private final Consumer<@Nullable ErrorFields> listener;
    private final FanAnswer answer;
    private final List<FanBranch> branches = new ArrayList<>();

    /// The branch whose answer is read.
    private int current = -1;

    private @Nullable ErrorFields failure;
    private boolean ended;

    /// @param pools of the shards, in their order
    /// @param epoch by which it was planned
    /// @param inTurn whether a shard is asked only when the one before has succeeded
    /// @param listener is told when it is over, with the error if it failed
    Fan(
            Session session,
            List<BackendPool> pools,
            FanRequest request,
            long epoch,
            boolean inTurn,
            Consumer<@Nullable ErrorFields> listener) {
        this.client = session.writer();
        this.settings = session.belongings().settings();
        this.request = request;
        this.inTurn = inTurn;
        this.epoch = epoch;
        this.listener = listener;
        this.answer = new FanAnswer(client, request.rowsMax(), inTurn);
        for (BackendPool pool : pools) {
            branches.add(new FanBranch(this, pool, answer, branches.isEmpty()));
        }
    }

    void begin() {
        branches.getFirst().checkOut(settings);
    }

    /// The client is gone.
    void abandon() {
        ended = true;
        branches.forEach(FanBranch::abandon);
    }

    void cancel() {
        branches.forEach(FanBranch::cancel);
    }

    /// Reads from the shard whose turn it is, or leaves it be.
    void read(boolean wanted) {
        if (current >= 0 && current < branches.size()) {
            branches.get(current).read(wanted);
        }
    }

    // What the branches tell.

    void granted(FanBranch branch) {
        int next = branches.indexOf(branch) + 1;
        if (next < branches.size()) {
            branches.get(next).checkOut(settings);
            return;
        }
        if (branch.epoch() != epoch) {
            fail(RouteErrors.placementChanged());
            return;
        }
        if (!inTurn) {
            branches.forEach(each -> each.send(request));
        }
        advance();
    }

    private void advance() {
        current++;
        if (current == branches.size()) {
            end();
            return;
        }
        FanBranch branch = branches.get(current);
        if (inTurn) {
            branch.send(request);
        }
        branch.read(true);
    }

    void refused(ProxyException reason) {
        fail(Errors.fields(reason));
    }

    /// A shard has answered with an error.
    void failed(FanBranch branch, ErrorFields error) {
        fail(inTurn ? report(branch, error) : error);
    }

    /// A connection to a shard is lost.
    void lost(FanBranch branch, ProxyException reason) {
        ErrorFields error = Errors.fields(reason)
                .with(ErrorFields.SEVERITY, Severity.ERROR.name())
                .with(ErrorFields.SEVERITY_UNLOCALIZED, Severity.ERROR.name());
        failed(branch, error);
    }

    private void fail(ErrorFields error) {
        if (failure == null) {
            failure = error;
            branches.forEach(FanBranch::giveUp);
        }
        endIfOver();
    }

    /// What an error means where the shards before have done what was asked.
    private ErrorFields report(FanBranch failed, ErrorFields error) {
        int index = branches.indexOf(failed);
        if (index == 0 || current < 0) {
            return error;
        }
        return error.withDetail("It was done on " + names(0, index) + ", and remains to be done on "
                        + names(index, branches.size()) + ".")
                .withHint("When the cause is gone, repeat it there by the hint /* pgbraid: shard=NAME */.");
    }

    private String names(int from, int to) {
        return String.join(
                ", ", branches.subList(from, to).stream().map(FanBranch::name).toList());
    }

    void batchReceived() {
        client.flush();
    }

    /// The answer of a shard is over.
    void finished(FanBranch branch) {
        if (failure == null && !answer.isEnough() && branches.indexOf(branch) == current) {
            advance();
            return;
        }
        branches.forEach(FanBranch::giveUp);
        endIfOver();
    }

    private void endIfOver() {
        if (branches.stream().noneMatch(FanBranch::isBusy)) {
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            if (failure == null) {
                answer.complete();
            }
            listener.accept(failure);
        }
    }
}
