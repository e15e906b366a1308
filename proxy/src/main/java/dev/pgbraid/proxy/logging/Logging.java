package dev.pgbraid.proxy.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.pgbraid.config.LoggingConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets Logback up in code: looking for its files costs more than the rest of the start.
///
/// Logback finds this class as a service when the first logger is made.
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String OWN = "dev.pgbraid";

    /// Sets what is logged from here on.
    public static void configure(LoggingConfig config) {
        configure((LoggerContext) LoggerFactory.getILoggerFactory(), config);
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        configure(context, LoggingConfig.DEFAULT);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static void configure(LoggerContext context, LoggingConfig config) {
        EventLayout layout = switch (config.format()) {
            case TEXT -> new TextLayout();
            case JSON -> new JsonLayout();
        };
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        Repetition repetition = new Repetition(System::nanoTime);
        repetition.start();
        console.addFilter(repetition);
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(console);
        configure(context, config.level());
    }

    /// Sets how severe what is logged from here on must be.
    public static void configure(LoggingConfig.Level level) {
        configure((LoggerContext) LoggerFactory.getILoggerFactory(), level);
    }

    private static void configure(LoggerContext context, LoggingConfig.Level level) {
        // Libraries speak when something is wrong.
        context.getLogger(Logger.ROOT_LOGGER_NAME)
                .setLevel(level == LoggingConfig.Level.ERROR ? Level.ERROR : Level.WARN);
        context.getLogger(OWN).setLevel(level(level));
    }

    private static Level level(LoggingConfig.Level level) {
        return switch (level) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
        };
    }
}
