package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import java.util.List;

/// Makes a prepared statement.
///
/// A type oid of zero, or one that is missing at the end, is left to the server to infer.
public record Parse(ByteString statement, ByteString query, List<Integer> parameterTypes) implements FrontendMessage {
    public Parse {
        parameterTypes = List.copyOf(parameterTypes);
    }

    public static Parse decode(MessageReader in) {
        ByteString statement = in.readCString();
        ByteString query = in.readCString();
        List<Integer> parameterTypes = in.readList(MessageReader::readInt32);
        in.end();
        return new Parse(statement, query, parameterTypes);
    }

    @Override
    public byte tag() {
        return 'P';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeCString(statement);
        out.writeCString(query);
        out.writeList(parameterTypes, (type, to) -> to.writeInt32(type));
    }
}
