package dev.pgbraid.proxy.testing;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.CommandComplete;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.PortalSuspended;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.backend.RowDescription;
import java.util.ArrayList;
import java.util.List;

/// What the messages of an answer say.
public final class Answers {
    private Answers() {}

    /// The rows, their values as text; SQL NULL is `NULL`.
    public static List<List<String>> rows(List<BackendMessage> answer) {
        return answer.stream()
                .filter(DataRow.class::isInstance)
                .map(DataRow.class::cast)
                .map(row -> row.values().stream().map(Answers::text).toList())
                .toList();
    }

    /// The first column of the rows.
    public static List<String> column(List<BackendMessage> answer) {
        return rows(answer).stream().map(List::getFirst).toList();
    }

    /// The SQLSTATEs of the errors.
    public static List<String> errors(List<BackendMessage> answer) {
        return answer.stream()
                .filter(ErrorResponse.class::isInstance)
                .map(ErrorResponse.class::cast)
                .map(error -> error.fields().get(ErrorFields.CODE).orElse(ByteString.EMPTY))
                .map(ByteString::toString)
                .toList();
    }

    /// In words, what of an answer is the same from every server: columns, rows, tags, SQLSTATEs, and where the
    /// transaction stands. Columns do not count where an error follows, which can be found before or behind them.
    public static String text(List<BackendMessage> answer) {
        List<String> words = new ArrayList<>();
        boolean failed = !errors(answer).isEmpty();
        for (BackendMessage message : answer) {
            switch (message) {
                case RowDescription _ when failed -> {}
                case RowDescription(var fields) ->
                    words.add(fields.stream()
                            .map(field -> field.name().toString())
                            .toList()
                            .toString());
                case DataRow row ->
                    words.add(row.values().stream().map(Answers::text).toList().toString());
                case CommandComplete complete -> words.add(complete.commandTag().toString());
                case PortalSuspended _ -> words.add("suspended");
                case ErrorResponse error -> words.addAll(errors(List.of(error)));
                case ReadyForQuery ready -> words.add(ready.status().name());
                default -> {}
            }
        }
        return String.join(" ", words);
    }

    private static String text(WireValue value) {
        return switch (value) {
            case WireValue.Null _ -> "NULL";
            case WireValue.Bytes(ByteString bytes) -> bytes.toString();
        };
    }
}
