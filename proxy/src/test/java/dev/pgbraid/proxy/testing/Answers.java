package dev.pgbraid.proxy.testing;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.ErrorResponse;
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

    private static String text(WireValue value) {
        return switch (value) {
            case WireValue.Null _ -> "NULL";
            case WireValue.Bytes(ByteString bytes) -> bytes.toString();
        };
    }
}
