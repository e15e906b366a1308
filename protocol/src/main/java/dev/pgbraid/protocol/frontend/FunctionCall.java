package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import dev.pgbraid.protocol.WireValue;
import java.util.List;

/// Calls a function by its oid: the legacy fast path, a pipeline of its own.
///
/// One format stands for all arguments, and none means that all are text.
public record FunctionCall(
        int functionOid, List<Format> argumentFormats, List<WireValue> arguments, Format resultFormat)
        implements FrontendMessage {
    public FunctionCall {
        argumentFormats = List.copyOf(argumentFormats);
        arguments = List.copyOf(arguments);
    }

    public static FunctionCall decode(MessageReader in) {
        int functionOid = in.readInt32();
        List<Format> argumentFormats = in.readList(Format::read);
        List<WireValue> arguments = in.readList(MessageReader::readValue);
        Format resultFormat = Format.read(in);
        in.end();
        if (argumentFormats.size() > 1 && argumentFormats.size() != arguments.size()) {
            throw in.violation(argumentFormats.size() + " argument formats but " + arguments.size() + " arguments");
        }
        return new FunctionCall(functionOid, argumentFormats, arguments, resultFormat);
    }

    @Override
    public byte tag() {
        return 'F';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(functionOid);
        out.writeList(argumentFormats, Format::write);
        out.writeList(arguments, (value, to) -> to.writeValue(value));
        resultFormat.write(out);
    }
}
