package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import java.util.List;

/// Data will flow both ways: streaming replication.
public record CopyBothResponse(Format format, List<Format> columnFormats) implements BackendMessage {
    public CopyBothResponse {
        columnFormats = List.copyOf(columnFormats);
    }

    public static CopyBothResponse decode(MessageReader in) {
        Format format = Format.readByte(in);
        List<Format> columnFormats = in.readList(Format::read);
        in.end();
        return new CopyBothResponse(format, columnFormats);
    }

    @Override
    public byte tag() {
        return 'W';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        format.writeByte(out);
        out.writeList(columnFormats, Format::write);
    }
}
