package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Scalar;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is logged, to standard output.
///
/// @param level the least severe events that are logged. Reload: at once.
/// @param format a line of text or a JSON object per event. Reload: no.
/// @param slowStatement how long a request may take before it is logged as a warning, with its plan and its shards.
///     A request is a query, or what is sent up to one Sync. Of those within ten seconds 20 are logged, and then how
///     many more there were. Reload: at once.
/// @param statementLiterals whether statements are logged as they are, in place of with ? for each literal: these can
///     hold what is nobody's business. Reload: at once.
public record LoggingConfig(Level level, Format format, Optional<Duration> slowStatement, boolean statementLiterals) {
    private static final Key<Level> LEVEL = Key.of("level", Scalar.choice(List.of(Level.values())), Level.INFO);
    private static final Key<Format> FORMAT = Key.of("format", Scalar.choice(List.of(Format.values())), Format.TEXT)
            .untilRestart();
    private static final Key<Optional<Duration>> SLOW_STATEMENT =
            Key.optional("slow-statement", Scalars.TIMEOUT, "none");
    private static final Key<Boolean> STATEMENT_LITERALS = Key.of("statement-literals", Scalars.BOOLEAN, false);

    static final Block<LoggingConfig> BLOCK = new Block<>(
            LoggingConfig.class,
            List.of(LEVEL, FORMAT, SLOW_STATEMENT, STATEMENT_LITERALS),
            values -> new LoggingConfig(
                    values.get(LEVEL), values.get(FORMAT), values.get(SLOW_STATEMENT), values.get(STATEMENT_LITERALS)));

    public static final LoggingConfig DEFAULT = BLOCK.defaults();

    public LoggingConfig {
        new Invariants().require(SLOW_STATEMENT, slowStatement).check();
    }

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
