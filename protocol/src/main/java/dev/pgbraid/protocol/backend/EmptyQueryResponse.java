package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// The answer to an empty query, in place of `CommandComplete`.
public record EmptyQueryResponse() implements BackendMessage {
    public static EmptyQueryResponse decode(MessageReader in) {
        in.end();
        return new EmptyQueryResponse();
    }

    @Override
    public byte tag() {
        return 'I';
    }

    @Override
    public void encodeBody(MessageWriter out) {}
}
