package dev.pgbraid.proxy.transcript;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.Authentication;
import dev.pgbraid.protocol.backend.BackendKeyData;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.BindComplete;
import dev.pgbraid.protocol.backend.CloseComplete;
import dev.pgbraid.protocol.backend.CommandComplete;
import dev.pgbraid.protocol.backend.CopyBothResponse;
import dev.pgbraid.protocol.backend.CopyInResponse;
import dev.pgbraid.protocol.backend.CopyOutResponse;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.EmptyQueryResponse;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.FunctionCallResponse;
import dev.pgbraid.protocol.backend.NegotiateProtocolVersion;
import dev.pgbraid.protocol.backend.NoData;
import dev.pgbraid.protocol.backend.NoticeResponse;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.protocol.backend.ParameterDescription;
import dev.pgbraid.protocol.backend.ParameterStatus;
import dev.pgbraid.protocol.backend.ParseComplete;
import dev.pgbraid.protocol.backend.PortalSuspended;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.backend.RowDescription;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Close;
import dev.pgbraid.protocol.frontend.CopyData;
import dev.pgbraid.protocol.frontend.CopyDone;
import dev.pgbraid.protocol.frontend.CopyFail;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Flush;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.FunctionCall;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import dev.pgbraid.protocol.frontend.Terminate;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Messages as lines of text: those of a client are read, those of a server are written.
final class MessageText {
    private static final int SHOWN_MAX = 120;

    private MessageText() {}

    /// The bytes that a line stands for.
    static ByteString bytes(String line) {
        Tokens in = new Tokens(line);
        String name = in.word();
        ByteString bytes = name.equals("Raw") ? in.text() : ByteString.copyOf(WireClient.bytes(message(name, in)));
        in.end();
        return bytes;
    }

    private static FrontendMessage message(String name, Tokens in) {
        return switch (name) {
            case "Query" -> new Query(in.text());
            case "Parse" -> new Parse(in.text(), in.text(), in.list(in::number));
            case "Bind" ->
                new Bind(
                        in.text(), in.text(), in.list(() -> format(in)), in.list(in::value), in.list(() -> format(in)));
            case "Describe" -> new Describe(Target.valueOf(in.word()), in.text());
            case "Execute" -> new Execute(in.text(), in.number());
            case "Close" -> new Close(Target.valueOf(in.word()), in.text());
            case "Sync" -> new Sync();
            case "Flush" -> new Flush();
            case "FunctionCall" ->
                new FunctionCall(in.number(), in.list(() -> format(in)), in.list(in::value), format(in));
            case "CopyData" -> new CopyData(in.text());
            case "CopyDone" -> new CopyDone();
            case "CopyFail" -> new CopyFail(in.text());
            case "Terminate" -> new Terminate();
            default -> throw new IllegalArgumentException("no message of a client is called " + name);
        };
    }

    private static Format format(Tokens in) {
        return Format.valueOf(in.word());
    }

    /// What came, line by line, where nothing stands for the end of the connection.
    static List<String> lines(List<Optional<BackendMessage>> messages) {
        return messages.stream()
                .map(message -> message.map(MessageText::line).orElse("End"))
                .toList();
    }

    private static String line(BackendMessage message) {
        String fields = fields(message);
        String name = message.getClass().getSimpleName();
        return fields.isEmpty() ? name : name + " " + fields;
    }

    private static String fields(BackendMessage message) {
        return switch (message) {
            case RowDescription(List<RowDescription.Field> columns) -> list(columns, MessageText::column);
            case DataRow(List<WireValue> values) -> list(values, MessageText::value);
            case CommandComplete(ByteString tag) -> text(tag);
            case ReadyForQuery(TransactionStatus status) -> status.name();
            case ErrorResponse(ErrorFields error) -> error(error);
            case NoticeResponse(ErrorFields notice) -> error(notice);
            case ParameterDescription(List<Integer> types) -> list(types, String::valueOf);
            case ParameterStatus(ByteString name, ByteString value) -> text(name) + " " + text(value);
            case NotificationResponse(int _, ByteString channel, ByteString payload) ->
                text(channel) + " " + text(payload);
            case FunctionCallResponse(WireValue result) -> value(result);
            case dev.pgbraid.protocol.backend.CopyData(ByteString data) -> text(data);
            case CopyInResponse(Format format, List<Format> columns) -> format + " " + list(columns, Format::name);
            case CopyOutResponse(Format format, List<Format> columns) -> format + " " + list(columns, Format::name);
            case CopyBothResponse(Format format, List<Format> columns) -> format + " " + list(columns, Format::name);
            case BackendKeyData(CancelKey _) -> "";
            case NegotiateProtocolVersion negotiate -> negotiate.newest() + " " + negotiate.unknownOptions();
            case Authentication _,
                    BindComplete _,
                    CloseComplete _,
                    dev.pgbraid.protocol.backend.CopyDone _,
                    EmptyQueryResponse _,
                    NoData _,
                    ParseComplete _,
                    PortalSuspended _ -> "";
        };
    }

    private static <T> String list(List<T> elements, Function<? super T, String> text) {
        return elements.stream().map(text).collect(Collectors.joining(" ", "[", "]"));
    }

    private static String column(RowDescription.Field column) {
        String suffix = column.format() == Format.BINARY ? ":BINARY" : "";
        return column.name() + ":" + column.typeOid() + suffix;
    }

    private static String value(WireValue value) {
        return switch (value) {
            case WireValue.Bytes(ByteString bytes) -> text(bytes);
            case WireValue.Null _ -> "NULL";
        };
    }

    private static String error(ErrorFields error) {
        return field(error, ErrorFields.SEVERITY_UNLOCALIZED) + " " + field(error, ErrorFields.CODE) + " "
                + text(error.get(ErrorFields.MESSAGE).orElse(ByteString.EMPTY));
    }

    private static String field(ErrorFields error, byte type) {
        return error.get(type).orElse(ByteString.EMPTY).toString();
    }

    private static String text(ByteString bytes) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < Math.min(bytes.length(), SHOWN_MAX); i++) {
            int each = bytes.at(i) & 0xFF;
            switch (each) {
                case '"', '\\' -> text.append('\\').append((char) each);
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                default -> text.append(each < ' ' || each > '~' ? "\\%03o".formatted(each) : "" + (char) each);
            }
        }
        text.append('"');
        return bytes.length() > SHOWN_MAX ? text + "… " + bytes.length() + " bytes" : text.toString();
    }
}
