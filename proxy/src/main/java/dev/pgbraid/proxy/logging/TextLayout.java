package dev.pgbraid.proxy.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;

/// `time LEVEL message key=value …`, for people.
final class TextLayout extends EventLayout {
    @Override
    void append(StringBuilder line, ILoggingEvent event) {
        String level = event.getLevel().toString();
        line.append(event.getInstant()).append(' ').append(level).append(" ".repeat(6 - level.length()));
        Escapes.plain(line, event.getFormattedMessage());
        forEachField(event, (key, value) -> {
            line.append(' ').append(key).append('=');
            if (isOneWord(value)) {
                Escapes.plain(line, value);
            } else {
                Escapes.quote(line, value);
            }
        });
    }

    /// Whether a reader of the line can tell where the value ends.
    private static boolean isOneWord(String value) {
        return !value.isEmpty()
                && value.chars()
                        .noneMatch(
                                character -> Character.isWhitespace(character) || character == '"' || character == '=');
    }
}
