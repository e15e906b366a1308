package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

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

    /// A message in a buffer of its own.
    static ByteBuf encode(BackendMessage message) {
        ByteBuf out = Unpooled.buffer(256);
        message.encode(out);
        return out;
    }
}
