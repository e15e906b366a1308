package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import dev.pgbraid.protocol.WireValue;
import java.util.List;

/// One row of a result.
public record DataRow(List<WireValue> values) implements BackendMessage {
    public DataRow {
        values = List.copyOf(values);
    }

    public static DataRow decode(MessageReader in) {
        List<WireValue> values = in.readList(MessageReader::readValue);
        in.end();
        return new DataRow(values);
    }

    @Override
    public byte tag() {
        return 'D';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeList(values, (value, to) -> to.writeValue(value));
    }
}
