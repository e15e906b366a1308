package dev.pgbraid.proxy.console;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.BindComplete;
import dev.pgbraid.protocol.backend.CloseComplete;
import dev.pgbraid.protocol.backend.CommandComplete;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.EmptyQueryResponse;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.NoData;
import dev.pgbraid.protocol.backend.NoticeResponse;
import dev.pgbraid.protocol.backend.ParameterDescription;
import dev.pgbraid.protocol.backend.ParseComplete;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.backend.RowDescription;
import dev.pgbraid.proxy.net.ChannelWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes what a console answers as the messages of a server.
final class ConsoleWriter {
    private static final int MESSAGE_BYTES = 64;

    private final ChannelWriter writer;

    ConsoleWriter(ChannelWriter writer) {
        this.writer = writer;
    }

    /// @param formats what the client wants: one for each column, one for all, or none, which is text
    void describe(List<Column> columns, List<Format> formats) {
        if (columns.isEmpty()) {
            return;
        }
        List<RowDescription.Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Column.Type type = column.type();
            fields.add(new RowDescription.Field(
                    ByteString.utf8(column.name()), 0, 0, type.oid(), type.size(), -1, format(formats, i)));
        }
        send(new RowDescription(fields));
    }

    /// Writes the rows and the end of an answer.
    void rows(Answer answer, List<Format> formats) {
        for (String notice : answer.notices()) {
            send(new NoticeResponse(ErrorFields.error(Severity.NOTICE, SqlState.SUCCESSFUL_COMPLETION, notice)));
        }
        for (List<Optional<String>> row : answer.rows()) {
            List<WireValue> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                Column.Type type = answer.columns().get(i).type();
                Format format = format(formats, i);
                values.add(row.get(i).map(text -> value(text, type, format)).orElse(WireValue.NULL));
            }
            send(new DataRow(values));
        }
        send(new CommandComplete(ByteString.utf8(answer.tag())));
    }

    private static WireValue value(String text, Column.Type type, Format format) {
        return switch (type) {
            case TEXT -> WireValue.text(text);
            case INTEGER ->
                format == Format.TEXT
                        ? WireValue.text(text)
                        : WireValue.of(ByteString.copyOf(ByteBuffer.allocate(Long.BYTES)
                                .putLong(Long.parseLong(text))
                                .array()));
        };
    }

    private static Format format(List<Format> formats, int column) {
        return switch (formats.size()) {
            case 0 -> Format.TEXT;
            case 1 -> formats.getFirst();
            default -> column < formats.size() ? formats.get(column) : Format.TEXT;
        };
    }

    void error(ConsoleException refusal) {
        ErrorFields error = ErrorFields.error(Severity.ERROR, refusal.code(), refusal.getMessage());
        send(new ErrorResponse(refusal.hint().isEmpty() ? error : error.withHint(refusal.hint())));
    }

    void fatal(SqlState code, String message) {
        send(new ErrorResponse(ErrorFields.error(Severity.FATAL, code, message)));
    }

    void empty() {
        send(new EmptyQueryResponse());
    }

    void parsed() {
        send(new ParseComplete());
    }

    void bound() {
        send(new BindComplete());
    }

    void closed() {
        send(new CloseComplete());
    }

    void noParameters() {
        send(new ParameterDescription(List.of()));
    }

    void noData() {
        send(new NoData());
    }

    void ready() {
        send(new ReadyForQuery(TransactionStatus.IDLE));
    }

    void flush() {
        writer.flush();
    }

    /// Nobody reads any more.
    void discard() {
        writer.discard();
    }

    void flushAndClose() {
        writer.flushAndClose();
    }

    private void send(Message message) {
        message.encode(writer.append(MESSAGE_BYTES));
    }
}
