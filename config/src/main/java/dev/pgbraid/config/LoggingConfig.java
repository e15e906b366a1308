package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Scalar;
import java.util.List;

/// What is logged, to standard output.
///
/// @param level the least severe events that are logged. Reload: at once.
/// @param format a line of text or a JSON object per event. Reload: no.
public record LoggingConfig(Level level, Format format) {
    private static final Key<Level> LEVEL = Key.of("level", Scalar.choice(List.of(Level.values())), Level.INFO);
    private static final Key<Format> FORMAT = Key.of("format", Scalar.choice(List.of(Format.values())), Format.TEXT)
            .untilRestart();

    static final Block<LoggingConfig> BLOCK = new Block<>(
            LoggingConfig.class,
            List.of(LEVEL, FORMAT),
            values -> new LoggingConfig(values.get(LEVEL), values.get(FORMAT)));

    public static final LoggingConfig DEFAULT = BLOCK.defaults();

    /// How severe an event is.
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    /// How an event is written.
    public enum Format {
        TEXT,
        JSON
    }
}
