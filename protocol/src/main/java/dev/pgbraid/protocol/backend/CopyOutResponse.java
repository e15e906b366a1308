package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import java.util.List;

/// The server will send data.
public record CopyOutResponse(Format format, List<Format> columnFormats) implements BackendMessage {
    public CopyOutResponse {
        columnFormats = List.copyOf(columnFormats);
    }

    public static CopyOutResponse decode(MessageReader in) {
        Format format = Format.readByte(in);
        List<Format> columnFormats = in.readList(Format::read);
        in.end();
        return new CopyOutResponse(format, columnFormats);
    }

    @Override
    public byte tag() {
        return 'H';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        format.writeByte(out);
        out.writeList(columnFormats, Format::write);
    }
}
