package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.proxy.backend.Errors;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// What a client is told, and the log with it, when an exception ends its session.
final class LastWords {
    private static final Logger LOGGER = LoggerFactory.getLogger(LastWords.class);

    private LastWords() {}

    /// @param whose adds to an event of the log whose session it is
    static Optional<ErrorFields> about(Throwable cause, UnaryOperator<LoggingEventBuilder> whose) {
        return switch (cause) {
            case ProtocolViolation violation -> {
                whose.apply(LOGGER.atWarn()).log("broken protocol: {}", violation.getMessage());
                yield Optional.of(ErrorFields.error(Severity.FATAL, violation.sqlState(), violation.getMessage()));
            }
            case IOException _ -> Optional.empty();
            case DecoderException broken
            when broken.getCause() instanceof SSLException unsafe -> {
                whose.apply(LOGGER.atInfo()).log("TLS failed: {}", unsafe.getMessage());
                yield Optional.empty();
            }
            default -> {
                whose.apply(LOGGER.atError()).setCause(cause).log("a bug ends a session");
                yield Optional.of(Errors.fields(SessionErrors.bug(cause)));
            }
        };
    }
}
