package dev.pgbraid.protocol;

import io.netty.buffer.ByteBuf;

/// What every message after the startup phase has: a type byte, a length and a body.
public interface Message {
    byte tag();

    /// Appends the fields, without type byte and length.
    void encodeBody(MessageWriter out);

    /// Appends the whole message.
    default void encode(ByteBuf out) {
        MessageWriter.write(out, tag(), this::encodeBody);
    }
}
