package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import dev.pgbraid.protocol.ProtocolVersion;
import java.util.List;

/// The server does not know the minor version or some of the `_pq_.` options that the client asked for.
///
/// PostgreSQL sends the whole version where its manual speaks of the minor number.
public record NegotiateProtocolVersion(ProtocolVersion newest, List<ByteString> unknownOptions)
        implements BackendMessage {
    public NegotiateProtocolVersion {
        unknownOptions = List.copyOf(unknownOptions);
    }

    public static NegotiateProtocolVersion decode(MessageReader in) {
        ProtocolVersion newest = ProtocolVersion.of(in.readInt32());
        List<ByteString> unknownOptions = in.readList(in.readInt32(), MessageReader::readCString);
        in.end();
        return new NegotiateProtocolVersion(newest, unknownOptions);
    }

    @Override
    public byte tag() {
        return 'v';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(newest.code());
        out.writeInt32(unknownOptions.size());
        unknownOptions.forEach(out::writeCString);
    }
}
