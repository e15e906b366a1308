package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import java.util.List;

/// The type oids of the parameters of a prepared statement.
public record ParameterDescription(List<Integer> parameterTypes) implements BackendMessage {
    public ParameterDescription {
        parameterTypes = List.copyOf(parameterTypes);
    }

    public static ParameterDescription decode(MessageReader in) {
        List<Integer> parameterTypes = in.readList(MessageReader::readInt32);
        in.end();
        return new ParameterDescription(parameterTypes);
    }

    @Override
    public byte tag() {
        return 't';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeList(parameterTypes, (type, to) -> to.writeInt32(type));
    }
}
