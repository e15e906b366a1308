package dev.pgbraid.proxy.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class RepetitionTest {
    private final AtomicLong now = new AtomicLong(1);
    private final Repetition repetition = new Repetition(now::get);
    private final LoggerContext context = new LoggerContext();

    private LoggingEvent event(String message) {
        return new LoggingEvent("", context.getLogger("some"), Level.WARN, message, null, new Object[0]);
    }

    @Test
    void whatComesTooOftenIsLeftOut() {
        for (int i = 0; i < Repetition.EVENTS_MAX; i++) {
            assertThat(repetition.decide(event("again"))).isEqualTo(FilterReply.NEUTRAL);
        }
        assertThat(repetition.decide(event("again"))).isEqualTo(FilterReply.DENY);
        assertThat(repetition.decide(event("something else"))).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void theNextPeriodTellsHowManyWereLeftOut() {
        for (int i = 0; i < Repetition.EVENTS_MAX + 7; i++) {
            repetition.decide(event("again"));
        }
        now.addAndGet(Repetition.PERIOD.toNanos());
        LoggingEvent next = event("again");
        assertThat(repetition.decide(next)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(next.getKeyValuePairs()).containsExactly(new KeyValuePair("suppressed", 7));
        LoggingEvent another = event("again");
        assertThat(repetition.decide(another)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(another.getKeyValuePairs()).isNull();
    }
}
