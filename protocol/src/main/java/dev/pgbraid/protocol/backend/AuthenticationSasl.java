package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import java.util.ArrayList;
import java.util.List;

/// Asks for SASL by one of these mechanisms, in the server's order of preference.
public record AuthenticationSasl(List<ByteString> mechanisms) implements Authentication {
    static final int CODE = 10;

    public AuthenticationSasl {
        mechanisms = List.copyOf(mechanisms);
        if (mechanisms.contains(ByteString.EMPTY)) {
            throw new IllegalArgumentException("an empty name would end the list of mechanisms");
        }
    }

    static AuthenticationSasl decodeAfterCode(MessageReader in) {
        List<ByteString> mechanisms = new ArrayList<>();
        for (ByteString name = in.readCString(); !name.isEmpty(); name = in.readCString()) {
            mechanisms.add(name);
        }
        in.end();
        return new AuthenticationSasl(mechanisms);
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
        mechanisms.forEach(out::writeCString);
        out.writeCString(ByteString.EMPTY);
    }
}
