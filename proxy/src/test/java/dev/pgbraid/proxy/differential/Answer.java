package dev.pgbraid.proxy.differential;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.CommandComplete;
import dev.pgbraid.protocol.backend.CopyData;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.EmptyQueryResponse;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.ParameterDescription;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.backend.RowDescription;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What came of a statement.
///
/// @param parameterTypes what the statement's parameters are said to be
/// @param results one for each command of the text that came to its end
/// @param error what ended it early
/// @param status where it leaves the session
record Answer(List<Integer> parameterTypes, List<Result> results, Optional<Failure> error, TransactionStatus status) {
    private static final int SHOWN_MAX = 2000;

    Answer {
        parameterTypes = List.copyOf(parameterTypes);
        results = List.copyOf(results);
    }

    /// What one command gave.
    ///
    /// @param columns each description of its columns
    record Result(List<List<Column>> columns, List<List<WireValue>> rows, String tag) {
        Result {
            columns = columns.stream().map(List::copyOf).toList();
            rows = rows.stream().map(List::copyOf).toList();
        }

        private boolean isAlike(Result that, boolean isOrdered) {
            return columns.equals(that.columns)
                    && tag.equals(that.tag)
                    && (isOrdered ? rows.equals(that.rows) : count(rows).equals(count(that.rows)));
        }

        /// How often there is each row.
        private static Map<List<WireValue>, Long> count(List<List<WireValue>> rows) {
            return rows.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        }
    }

    record Column(String name, int typeOid, int typeModifier, Format format) {
        @Override
        public String toString() {
            return name + " " + typeOid + "/" + typeModifier + " " + format;
        }
    }

    /// An error.
    ///
    /// @param isOurs whether it is the proxy's and not a shard's
    record Failure(String sqlState, String message, boolean isOurs) {}

    /// Reads the messages of one ReadyForQuery. The name of the database, which cannot be the same for two on one
    /// server, is left out.
    static Answer of(List<BackendMessage> messages, String database) {
        List<Integer> parameterTypes = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        List<List<Column>> columns = new ArrayList<>();
        List<List<WireValue>> rows = new ArrayList<>();
        Optional<Failure> error = Optional.empty();
        TransactionStatus status = TransactionStatus.IDLE;
        for (BackendMessage message : messages) {
            switch (message) {
                case ParameterDescription description -> parameterTypes.addAll(description.parameterTypes());
                case RowDescription description -> columns.add(columns(description));
                case DataRow(List<WireValue> values) ->
                    rows.add(values.stream()
                            .map(value -> neutral(value, database))
                            .toList());
                case CopyData(ByteString data) -> rows.add(List.of(WireValue.of(data)));
                case CommandComplete(ByteString tag) -> {
                    results.add(new Result(columns, rows, tag.toString()));
                    columns = new ArrayList<>();
                    rows = new ArrayList<>();
                }
                case EmptyQueryResponse _ -> results.add(new Result(columns, rows, ""));
                case ErrorResponse(ErrorFields fields) -> error = Optional.of(failure(fields));
                case ReadyForQuery ready -> status = ready.status();
                default -> {}
            }
        }
        return new Answer(parameterTypes, results, error, status);
    }

    private static List<Column> columns(RowDescription description) {
        return description.fields().stream()
                .map(field ->
                        new Column(field.name().toString(), field.typeOid(), field.typeModifier(), field.format()))
                .toList();
    }

    private static WireValue neutral(WireValue value, String database) {
        return value.equals(WireValue.of(ByteString.utf8(database)))
                ? WireValue.of(ByteString.utf8("database"))
                : value;
    }

    private static Failure failure(ErrorFields fields) {
        Function<Byte, String> text =
                field -> fields.get(field).map(ByteString::toString).orElse("");
        return new Failure(
                text.apply(ErrorFields.CODE),
                text.apply(ErrorFields.MESSAGE),
                fields.get(ErrorFields.FILE).isEmpty());
    }

    Optional<String> sqlState() {
        return error.map(Failure::sqlState);
    }

    /// Whether the proxy says that it cannot do this.
    boolean isRefusal() {
        return error.isPresent()
                && error.get().isOurs()
                && error.get().sqlState().equals("0A000");
    }

    /// Whether a client cannot tell the two apart; of errors only the SQLSTATE counts.
    boolean isAlike(Answer that, boolean isOrdered) {
        if (!sqlState().equals(that.sqlState()) || status != that.status) {
            return false;
        }
        if (error.isEmpty() && !parameterTypes.equals(that.parameterTypes)) {
            return false;
        }
        return results.size() == that.results.size()
                && IntStream.range(0, results.size())
                        .allMatch(i -> results.get(i).isAlike(that.results.get(i), isOrdered));
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        for (Result result : results) {
            lines.add(result.tag() + " " + result.columns());
            result.rows()
                    .forEach(row ->
                            lines.add("  " + row.stream().map(WireClient::text).toList()));
        }
        error.ifPresent(failure -> lines.add(failure.toString()));
        lines.add(status + (parameterTypes.isEmpty() ? "" : ", parameters " + parameterTypes));
        String text = String.join("\n", lines);
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
