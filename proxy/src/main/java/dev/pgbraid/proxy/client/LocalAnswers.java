package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.BindComplete;
import dev.pgbraid.protocol.backend.CloseComplete;
import dev.pgbraid.protocol.backend.CommandComplete;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.NoData;
import dev.pgbraid.protocol.backend.NoticeResponse;
import dev.pgbraid.protocol.backend.ParameterDescription;
import dev.pgbraid.protocol.backend.ParseComplete;
import dev.pgbraid.protocol.backend.RowDescription;
import dev.pgbraid.proxy.net.ChannelWriter;
import dev.pgbraid.proxy.session.Response;
import java.util.List;
import java.util.stream.IntStream;

/// Writes what the proxy answers by itself, as a server would.
final class LocalAnswers {
    private static final int MESSAGE_BYTES = 64;
    private static final int TEXT_TYPE = 25;

    private final ChannelWriter writer;

    LocalAnswers(ChannelWriter writer) {
        this.writer = writer;
    }

    /// A table of texts, whose binary form is the same as the other.
    ///
    /// @param tag how the command is called when it is complete
    record Table(List<String> columns, List<List<String>> rows, String tag) {
        Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /// What the proxy owes in a backend's place.
    static BackendMessage inTurn(Response response) {
        return switch (response) {
            case PARSE_FROM_PROXY -> new ParseComplete();
            case CLOSE_FROM_PROXY -> new CloseComplete();
            case PREPARE_FROM_PROXY -> new CommandComplete(ByteString.utf8("PREPARE"));
            default -> throw new IllegalArgumentException(response + " is a server's to give");
        };
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

    /// @param types the numbers of those that are declared, 0 or nothing for texts
    void hasParameters(int count, List<Integer> types) {
        send(new ParameterDescription(IntStream.range(0, count)
                .mapToObj(i -> i < types.size() && types.get(i) != 0 ? types.get(i) : TEXT_TYPE)
                .toList()));
    }

    void hasNoData() {
        send(new NoData());
    }

    void describe(Table table) {
        send(new RowDescription(table.columns().stream()
                .map(name -> new RowDescription.Field(ByteString.utf8(name), 0, 0, TEXT_TYPE, -1, -1, Format.TEXT))
                .toList()));
    }

    void rows(Table table) {
        for (List<String> row : table.rows()) {
            send(new DataRow(row.stream()
                    .<WireValue>map(value -> new WireValue.Bytes(ByteString.utf8(value)))
                    .toList()));
        }
        done(table.tag());
    }

    void done(String tag) {
        send(new CommandComplete(ByteString.utf8(tag)));
    }

    void notice(String words) {
        send(new NoticeResponse(ErrorFields.error(Severity.NOTICE, SqlState.SUCCESSFUL_COMPLETION, words)));
    }

    private void send(BackendMessage message) {
        message.encode(writer.append(MESSAGE_BYTES));
    }
}
