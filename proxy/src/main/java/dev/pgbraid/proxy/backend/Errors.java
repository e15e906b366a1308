package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Optional;

/// Errors of the proxy in the form in which clients get them.
public final class Errors {
    private Errors() {}

    public static ErrorFields fields(ProxyException error) {
        Severity severity = error.code().scope() == ErrorCode.Scope.SESSION ? Severity.FATAL : Severity.ERROR;
        return ErrorFields.error(severity, error.code().sqlState(), error.getMessage())
                .withHint(error.hint());
    }

    /// The same error, but as severe as that.
    public static ErrorFields as(Severity severity, ErrorFields error) {
        return error.with(ErrorFields.SEVERITY, severity.name())
                .with(ErrorFields.SEVERITY_UNLOCALIZED, severity.name());
    }

    /// A connection is lost.
    static ProxyException lost(ShardLogin target, String how) {
        return new ProxyException(
                ErrorCode.SHARD_LOST,
                target.shard() + ": " + how,
                "Whether the statement was carried out is unknown; look before repeating it.");
    }

    /// What a client is told of an error that has something ahead of it, if it has: in a failed transaction a server
    /// says nothing else.
    static Optional<List<BackendMessage>> behind(Optional<BackendMessage> ahead, ErrorFields error) {
        boolean isOfTransaction = error.get(ErrorFields.CODE)
                .filter(ByteString.utf8(SqlState.IN_FAILED_SQL_TRANSACTION.code())::equals)
                .isPresent();
        return ahead.filter(_ -> !isOfTransaction).map(message -> List.of(message, new ErrorResponse(error)));
    }

    /// A message in a buffer of its own.
    static ByteBuf encode(BackendMessage message) {
        ByteBuf out = Unpooled.buffer(256);
        message.encode(out);
        return out;
    }
}
