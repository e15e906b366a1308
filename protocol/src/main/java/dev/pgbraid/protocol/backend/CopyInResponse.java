package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import java.util.List;

/// The server is ready for data from the client.
public record CopyInResponse(Format format, List<Format> columnFormats) implements BackendMessage {
    public CopyInResponse {
        columnFormats = List.copyOf(columnFormats);
    }

    public static CopyInResponse decode(MessageReader in) {
        Format format = Format.readByte(in);
        List<Format> columnFormats = in.readList(Format::read);
        in.end();
        return new CopyInResponse(format, columnFormats);
    }

    @Override
    public byte tag() {
        return 'G';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        format.writeByte(out);
        out.writeList(columnFormats, Format::write);
    }
}
