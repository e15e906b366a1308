package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.metrics.DatabaseActivity;
import dev.pgbraid.proxy.metrics.DatabaseCounter;
import dev.pgbraid.proxy.metrics.PlanKind;
import dev.pgbraid.proxy.net.ChannelWriter;
import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.ShapeUse;
import dev.pgbraid.router.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Counts what one session does, and how long its client waits.
///
/// A request is a simple query, a function call, or all up to a Sync. It begins with its first message, or, if that
/// came before the answer to the request before, with that answer.
final class SessionMeter {
    private final DatabaseActivity activity;
    private final SlowLog slowLog;
    private final ChannelWriter writer;
    private final Instant connected = Instant.now();
    private PlanKind plan = PlanKind.LOCAL;
    private long begunNanos;
    private long statements;
    private int arrivals;
    private boolean isNew;
    private @Nullable ShapeUse use;
    private long transactions;

    SessionMeter(DatabaseActivity activity, SlowLog slowLog, ChannelWriter writer) {
        this.activity = activity;
        this.slowLog = slowLog;
        this.writer = writer;
        activity.counters().add(DatabaseCounter.LOGINS, 1);
    }

    DatabaseActivity activity() {
        return activity;
    }

    SlowLog slowLog() {
        return slowLog;
    }

    Instant connected() {
        return connected;
    }

    /// How long ago the request under way has begun, or the last one has ended.
    Duration age() {
        return begunNanos == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    void received(int bytes) {
        arrivals++;
        activity.counters().add(DatabaseCounter.BYTES_RECEIVED, bytes);
    }

    /// How often something has come from the client, so that it can be seen whether anything has.
    int arrivals() {
        return arrivals;
    }

    /// A message of the client's is read.
    ///
    /// @param isFirst whether nothing is under way
    void begins(byte tag, boolean isFirst) {
        if (isFirst) {
            begunNanos = System.nanoTime();
        }
        isNew = tag == 'Q' || tag == 'B';
        switch (tag) {
            case 'Q', 'E', 'F' -> statements++;
            case 'P' -> activity.counters().add(DatabaseCounter.PARSES, 1);
            case 'B' -> activity.counters().add(DatabaseCounter.BINDS, 1);
            default -> {}
        }
    }

    /// The message that was read last is about a statement that has this plan. Its shape is where the time of the
    /// request
    /// is counted, unless another follows.
    void concerns(RoutedStatement statement, Plan found) {
        ShapeUse concerned = statement.use();
        if (isNew) {
            isNew = false;
            concerned.called();
        }
        concerned.runs(found);
        use = concerned;
    }

    /// A statement of the request is run in this way.
    void runs(PlanKind kind) {
        if (kind.compareTo(plan) > 0) {
            plan = kind;
        }
    }

    /// The client is told an error of the proxy's own.
    void failed(ErrorFields error) {
        activity.errors()
                .add(error.get(ErrorFields.CODE).orElse(ByteString.EMPTY).toString());
    }

    /// The client is told that its request has been answered.
    void answered(TransactionStatus status, long now) {
        activity.latencies(plan).record(now - begunNanos);
        activity.statements().add(plan, statements);
        slowLog.answered(plan, now - begunNanos);
        if (status == TransactionStatus.IDLE) {
            transactions++;
            activity.counters().add(DatabaseCounter.TRANSACTIONS, 1);
        }
        if (use != null) {
            use.answered(now - begunNanos);
            use = null;
        }
        begunNanos = now;
        statements = 0;
        plan = PlanKind.LOCAL;
        sent();
    }

    /// Counts what has been sent.
    void sent() {
        activity.counters().add(DatabaseCounter.BYTES_SENT, writer.takeWritten());
    }

    /// How often the client was told that no transaction is open, so that it can be seen whether one has ended.
    long transactions() {
        return transactions;
    }
}
