package dev.pgbraid.protocol.startup;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.SqlState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Starts a session: the version of the protocol, and the user, the database and settings by name.
///
/// A minor version newer than any known is legal and is to be negotiated down. Of a name that comes twice the later
/// value holds, as in PostgreSQL.
public record StartupMessage(ProtocolVersion version, SequencedMap<ByteString, ByteString> parameters)
        implements StartupPacket {
    private static final int MAJOR = 3;

    public StartupMessage {
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        if (version.major() != MAJOR) {
            throw new IllegalArgumentException("the major version must be 3, is " + version.major());
        }
        if (parameters.containsKey(ByteString.EMPTY)) {
            throw new IllegalArgumentException("an empty name would end the parameters");
        }
    }

    static StartupMessage decodeAfterCode(int code, MessageReader in) {
        ProtocolVersion version = ProtocolVersion.of(code);
        if (version.major() != MAJOR) {
            throw in.violation(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "unsupported frontend protocol " + version + ": supported are " + ProtocolVersion.V3_0 + " to "
                            + ProtocolVersion.V3_2);
        }
        SequencedMap<ByteString, ByteString> parameters = new LinkedHashMap<>();
        for (ByteString name = in.readCString(); !name.isEmpty(); name = in.readCString()) {
            parameters.putLast(name, in.readCString());
        }
        in.end();
        return new StartupMessage(version, parameters);
    }

    public Optional<ByteString> parameter(String name) {
        return Optional.ofNullable(parameters.get(ByteString.utf8(name)));
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(version.code());
        parameters.forEach((name, value) -> {
            out.writeCString(name);
            out.writeCString(value);
        });
        out.writeCString(ByteString.EMPTY);
    }
}
