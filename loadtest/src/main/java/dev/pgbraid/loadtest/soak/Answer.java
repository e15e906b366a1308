package dev.pgbraid.loadtest.soak;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.CommandComplete;
import dev.pgbraid.protocol.backend.CopyData;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.NoticeResponse;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import java.util.ArrayList;
import java.util.List;

/// What came back up to one ReadyForQuery, or up to the request to copy.
///
/// Values are kept as text, NULL as the word null; what is copied out is one value per row.
final class Answer {
    private static final int SHOWN_CHARACTERS_MAX = 200;

    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private String sqlState = "";
    private String error = "";
    private String tag = "";
    private TransactionStatus status = TransactionStatus.IDLE;

    void add(BackendMessage message) {
        switch (message) {
            case DataRow(var values) ->
                rows.add(values.stream().map(Answer::text).toList());
            case CopyData(var data) -> rows.add(List.of(data.toString().stripTrailing()));
            case NoticeResponse(var fields) -> notices.add(field(fields, ErrorFields.MESSAGE));
            case ErrorResponse(var fields) -> {
                sqlState = field(fields, ErrorFields.CODE);
                error = field(fields, ErrorFields.MESSAGE);
            }
            case CommandComplete(var commandTag) -> tag = commandTag.toString();
            case ReadyForQuery(var now) -> status = now;
            default -> {}
        }
    }

    static String field(ErrorFields fields, byte type) {
        return fields.get(type).map(ByteString::toString).orElse("");
    }

    private static String text(WireValue value) {
        return switch (value) {
            case WireValue.Bytes(var bytes) -> bytes.toString();
            case WireValue.Null _ -> "null";
        };
    }

    List<String> notices() {
        return notices;
    }

    /// Whether the last command that was carried out is of this kind.
    boolean isTagged(String wanted) {
        return tag.equals(wanted);
    }

    boolean isError(String wanted) {
        return sqlState.equals(wanted);
    }

    /// The rows, where there is no error.
    List<List<String>> rows() {
        if (!sqlState.isEmpty()) {
            throw new WrongAnswer("an error: " + this);
        }
        return rows;
    }

    /// The first value of every row.
    List<String> column() {
        return rows().stream().map(List::getFirst).toList();
    }

    /// The only value.
    String value() {
        if (rows().size() != 1 || rows.getFirst().size() != 1) {
            throw new WrongAnswer("not one value: " + this);
        }
        return rows.getFirst().getFirst();
    }

    /// Fails unless these are the first values of the rows.
    void requireColumn(List<String> wanted) {
        if (!column().equals(wanted)) {
            throw new WrongAnswer("not " + shortened(wanted.toString()) + ": " + this);
        }
    }

    void requireError(String wanted) {
        if (!sqlState.equals(wanted)) {
            throw new WrongAnswer("not error " + wanted + ": " + this);
        }
    }

    void requireStatus(TransactionStatus wanted) {
        if (status != wanted) {
            throw new WrongAnswer("not in status " + wanted + ": " + this);
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_CHARACTERS_MAX ? text : text.substring(0, SHOWN_CHARACTERS_MAX) + "...";
    }

    @Override
    public String toString() {
        String shown = sqlState.isEmpty() ? shortened(rows.toString()) : sqlState + " " + error;
        return "Answer[" + shown + " " + status + "]";
    }
}
