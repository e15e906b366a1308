package dev.pgbraid.proxy.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;

/// A JSON object per line, for machines.
final class JsonLayout extends EventLayout {
    @Override
    void append(StringBuilder line, ILoggingEvent event) {
        line.append('{');
        field(line, "time", event.getInstant().toString());
        field(line, "level", event.getLevel().toString());
        field(line, "logger", event.getLoggerName());
        field(line, "message", event.getFormattedMessage());
        forEachField(event, (key, value) -> field(line, key, value));
        line.append('}');
    }

    private static void field(StringBuilder line, String key, String value) {
        if (line.length() > 1) {
            line.append(',');
        }
        Escapes.quote(line, key);
        line.append(':');
        Escapes.quote(line, value);
    }
}
