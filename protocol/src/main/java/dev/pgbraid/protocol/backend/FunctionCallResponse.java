package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import dev.pgbraid.protocol.WireValue;

/// The result of a function called by `FunctionCall`.
public record FunctionCallResponse(WireValue result) implements BackendMessage {
    public static FunctionCallResponse decode(MessageReader in) {
        WireValue result = in.readValue();
        in.end();
        return new FunctionCallResponse(result);
    }

    @Override
    public byte tag() {
        return 'V';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeValue(result);
    }
}
