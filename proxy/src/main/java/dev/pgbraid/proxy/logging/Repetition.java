package dev.pgbraid.proxy.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.event.KeyValuePair;

/// Keeps one thing that goes wrong over and over from filling the log.
///
/// Of the events of one message, whatever its fields are, so many are logged within a period. The first of the
/// next period says in the field `suppressed` how many were not.
final class Repetition extends Filter<ILoggingEvent> {
    static final int EVENTS_MAX = 20;
    static final Duration PERIOD = Duration.ofSeconds(10);

    /// Most are constants of the program; some hold the words of a server.
    private static final int MESSAGES_MAX = 1000;

    private record Message(String logger, Level level, String text) {}

    /// @param before how many events of the period before were not logged
    private record Count(long sinceNanos, int events, int before) {}

    private final LongSupplier clock;
    private final Map<Message, Count> counts = new ConcurrentHashMap<>();

    /// @param clock nanoseconds since any time
    Repetition(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (counts.size() > MESSAGES_MAX) {
            counts.clear();
        }
        long now = clock.getAsLong();
        Message message = new Message(event.getLoggerName(), event.getLevel(), event.getFormattedMessage());
        Count count = counts.merge(message, new Count(now, 1, 0), (known, _) -> next(known, now));
        if (count.events > EVENTS_MAX) {
            return FilterReply.DENY;
        }
        if (count.events == 1 && count.before > 0 && event instanceof LoggingEvent open) {
            open.addKeyValuePair(new KeyValuePair("suppressed", count.before));
        }
        return FilterReply.NEUTRAL;
    }

    private static Count next(Count known, long now) {
        return now - known.sinceNanos < PERIOD.toNanos()
                ? new Count(known.sinceNanos, known.events + 1, known.before)
                : new Count(now, 1, Math.max(0, known.events - EVENTS_MAX));
    }
}
