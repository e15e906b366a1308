package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import dev.pgbraid.protocol.WireValue;
import java.util.List;

/// Binds parameter values to a prepared statement, which makes a portal.
///
/// One format stands for all values, and none means that all are text.
public record Bind(
        ByteString portal,
        ByteString statement,
        List<Format> parameterFormats,
        List<WireValue> parameters,
        List<Format> resultFormats)
        implements FrontendMessage {
    public Bind {
        parameterFormats = List.copyOf(parameterFormats);
        parameters = List.copyOf(parameters);
        resultFormats = List.copyOf(resultFormats);
    }

    public static Bind decode(MessageReader in) {
        ByteString portal = in.readCString();
        ByteString statement = in.readCString();
        List<Format> parameterFormats = in.readList(Format::read);
        List<WireValue> parameters = in.readList(MessageReader::readValue);
        List<Format> resultFormats = in.readList(Format::read);
        in.end();
        if (parameterFormats.size() > 1 && parameterFormats.size() != parameters.size()) {
            throw in.violation(parameterFormats.size() + " parameter formats but " + parameters.size() + " parameters");
        }
        return new Bind(portal, statement, parameterFormats, parameters, resultFormats);
    }

    /// The format of parameter `index`.
    public Format parameterFormat(int index) {
        return switch (parameterFormats.size()) {
            case 0 -> Format.TEXT;
            case 1 -> parameterFormats.getFirst();
            default -> parameterFormats.get(index);
        };
    }

    @Override
    public byte tag() {
        return 'B';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeCString(portal);
        out.writeCString(statement);
        out.writeList(parameterFormats, Format::write);
        out.writeList(parameters, (value, to) -> to.writeValue(value));
        out.writeList(resultFormats, Format::write);
    }
}
