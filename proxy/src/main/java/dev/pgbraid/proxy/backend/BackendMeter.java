package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.metrics.ShardActivity;
import dev.pgbraid.proxy.metrics.ShardCounter;
import dev.pgbraid.proxy.session.Response;
import java.time.Duration;
import java.time.Instant;

/// Counts what one backend does, and how long its server takes.
final class BackendMeter {
    private final ShardActivity activity;
    private final Instant connected = Instant.now();
    private long askedNanos;
    private long transactionNanos;

    BackendMeter(ShardActivity activity) {
        this.activity = activity;
        activity.counters().add(ShardCounter.CONNECTS, 1);
    }

    Instant connected() {
        return connected;
    }

    /// How long ago the server was asked something that it has yet to answer, or gave its last answer.
    Duration asked() {
        return askedNanos == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - askedNanos);
    }

    /// The server is asked something.
    ///
    /// @param isFirst whether it has nothing to answer yet
    void asks(Response response, boolean isFirst, TransactionStatus status) {
        if (response == Response.PARSE || response == Response.PARSE_FOR_PROXY) {
            activity.counters().add(ShardCounter.PARSES, 1);
        }
        if (isFirst) {
            askedNanos = System.nanoTime();
            transactionNanos = status == TransactionStatus.IDLE ? askedNanos : transactionNanos;
        }
    }

    /// The server has answered a request.
    ///
    /// @return the time, for others who want to know it
    long answers(TransactionStatus status, boolean isForClient) {
        long now = System.nanoTime();
        if (isForClient) {
            activity.answers().record(now - askedNanos);
            if (status == TransactionStatus.IDLE) {
                activity.counters().add(ShardCounter.TRANSACTIONS, 1);
                activity.counters().add(ShardCounter.TRANSACTION_NANOS, now - transactionNanos);
            }
        }
        askedNanos = now;
        transactionNanos = status == TransactionStatus.IDLE ? now : transactionNanos;
        return now;
    }

    void received(int bytes) {
        activity.counters().add(ShardCounter.BYTES_RECEIVED, bytes);
    }

    void sent(long bytes) {
        activity.counters().add(ShardCounter.BYTES_SENT, bytes);
    }

    void row() {
        activity.counters().add(ShardCounter.ROWS, 1);
    }

    void failed(ErrorFields error) {
        error.get(ErrorFields.CODE).ifPresent(code -> activity.errors().add(code.toString()));
    }
}
