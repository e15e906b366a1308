package dev.pgbraid.protocol.startup;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import io.netty.buffer.ByteBuf;

/// What a client sends before anything else. It has no type byte: its first `Int32` tells the requests from a start.
public sealed interface StartupPacket permits CancelRequest, GssEncRequest, SslRequest, StartupMessage {

    static StartupPacket decode(MessageReader in) {
        int code = in.readInt32();
        return switch (code) {
            case CancelRequest.CODE -> CancelRequest.decodeAfterCode(in.named("CancelRequest"));
            case GssEncRequest.CODE -> GssEncRequest.decodeAfterCode(in.named("GSSENCRequest"));
            case SslRequest.CODE -> SslRequest.decodeAfterCode(in.named("SSLRequest"));
            default -> StartupMessage.decodeAfterCode(code, in.named("StartupMessage"));
        };
    }

    /// Appends the fields, code included, without the length.
    void encodeBody(MessageWriter out);

    /// Appends the whole packet.
    default void encode(ByteBuf out) {
        MessageWriter.writeStartup(out, this::encodeBody);
    }
}
