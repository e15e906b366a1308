package dev.pgbraid.proxy.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.pgbraid.config.LoggingConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LoggingTest {
    private static final Instant TIME = Instant.parse("2026-11-21T11:10:13.597Z");

    @Test
    void textHasTheFieldsAfterTheMessage() {
        assertThat(text(event("lost", new KeyValuePair("client", "10.0.0.7:52110"), new KeyValuePair("user", "shop"))))
                .isEqualTo("2026-11-21T11:10:13.597Z WARN  lost client=10.0.0.7:52110 user=shop\n");
    }

    @Test
    void textShowsWhereAValueEnds() {
        assertThat(text(event("login", new KeyValuePair("user", "a b"), new KeyValuePair("x", ""))))
                .endsWith("login user=\"a b\" x=\"\"\n");
        assertThat(text(event("login", new KeyValuePair("user", "say \"x\"=1"))))
                .endsWith("login user=\"say \\\"x\\\"=1\"\n");
    }

    @Test
    void jsonIsOneObject() {
        assertThat(json(event("lost", new KeyValuePair("client", "10.0.0.7:52110"), new KeyValuePair("port", 7))))
                .isEqualTo("{\"time\":\"2026-11-21T11:10:13.597Z\",\"level\":\"WARN\",\"logger\":\"dev.pgbraid.test\","
                        + "\"message\":\"lost\",\"client\":\"10.0.0.7:52110\",\"port\":\"7\"}\n");
    }

    @Test
    void nothingThatAClientSendsCanForgeALine() {
        LoggingEvent event = event("login\nforged", new KeyValuePair("user", "a\r\n\u2028b\u001b[2J\"\\"));

        assertThat(text(event))
                .hasLineCount(1)
                .contains("login\\u000aforged", "user=\"a\\u000d\\u000a\\u2028b\\u001b[2J");
        assertThat(json(event)).hasLineCount(1).contains("\"user\":\"a\\u000d\\u000a\\u2028b\\u001b[2J\\\"\\\\\"");
    }

    @Test
    void anExceptionStaysInTheLineOfItsEvent() {
        LoggingEvent event = event("failed");
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(
                new IllegalStateException("first\nsecond", new IllegalArgumentException("why"))));

        for (String line : List.of(text(event), json(event))) {
            assertThat(line)
                    .hasLineCount(1)
                    .contains("java.lang.IllegalStateException: first\\u000asecond at ", "LoggingTest.java")
                    .contains("caused by java.lang.IllegalArgumentException: why");
        }
    }

    @Test
    void ownLoggersFollowTheLevelAndLibrariesSpeakOnlyOfTrouble() {
        try {
            Logging.configure(
                    new LoggingConfig(LoggingConfig.Level.DEBUG, LoggingConfig.Format.TEXT, Optional.empty(), false));
            assertThat(LoggerFactory.getLogger("dev.pgbraid.proxy").isDebugEnabled())
                    .isTrue();
            assertThat(LoggerFactory.getLogger("io.netty").isInfoEnabled()).isFalse();
            assertThat(LoggerFactory.getLogger("io.netty").isWarnEnabled()).isTrue();

            Logging.configure(
                    new LoggingConfig(LoggingConfig.Level.ERROR, LoggingConfig.Format.JSON, Optional.empty(), false));
            assertThat(LoggerFactory.getLogger("dev.pgbraid.proxy").isWarnEnabled())
                    .isFalse();
            assertThat(LoggerFactory.getLogger("io.netty").isWarnEnabled()).isFalse();
        } finally {
            Logging.configure(LoggingConfig.DEFAULT);
        }
    }

    private static LoggingEvent event(String message, KeyValuePair... fields) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName("dev.pgbraid.test");
        event.setLoggerContext((LoggerContext) LoggerFactory.getILoggerFactory());
        event.setInstant(TIME);
        event.setLevel(Level.WARN);
        event.setMessage(message);
        event.setKeyValuePairs(List.of(fields));
        return event;
    }

    private static String text(LoggingEvent event) {
        return new TextLayout().doLayout(event);
    }

    private static String json(LoggingEvent event) {
        return new JsonLayout().doLayout(event);
    }
}
