package dev.pgbraid.proxy.router.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.RowDescription;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.WireClient;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.parse.Reading;
import dev.pgbraid.router.parse.StatementParser;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Span;
import dev.pgbraid.router.tree.Statement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A database in which statements mean something, and the question whether a tree means the same.
///
/// A statement and the print of its tree must have the same plan down to every constant and the same query
/// identifier, which PostgreSQL makes from what it has understood; and the same columns with the same names.
final class Comparison implements AutoCloseable {
    private final WireClient client = WireClient.login(PostgresCluster.shared().freshDatabase());
    private int checked;

    /// @param schema a file of statements that make the database
    Comparison(String schema) {
        client.query("SET compute_query_id = on");
        Statements.of(schema)
                .forEach(sql ->
                        assertThat(Answers.errors(client.query(sql))).as(sql).isEmpty());
    }

    static Tokens tokens(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return new Lexer().read(text, 0, text.length, TextRules.DEFAULT);
    }

    static Reading read(String sql) {
        return StatementParser.parse(tokens(sql), 0);
    }

    /// Checks a statement that must be read and that the server understands.
    void check(String sql) {
        assertThat(read(sql)).as(sql).isInstanceOf(Reading.Read.class);
        Statement statement = ((Reading.Read) read(sql)).statement();
        checkSpans(sql, statement);
        String print = StatementPrinter.print(statement, tokens(sql));
        List<BackendMessage> plan = explain(sql);
        assertThat(error(plan)).as(sql).isEmpty();
        List<BackendMessage> printedPlan = explain(print);
        assertThat(error(printedPlan)).as(sql + "\nprinted as " + print).isEmpty();
        assertThat(Answers.column(printedPlan))
                .as(sql + "\nprinted as " + print)
                .isEqualTo(Answers.column(plan));
        assertThat(columns(print)).as(sql + "\nprinted as " + print).isEqualTo(columns(sql));
        checked++;
    }

    /// Checks a statement that the server may refuse: it is read if and only if the server's grammar takes it.
    void checkIfUnderstood(String sql) {
        String error = error(explain(sql));
        if (error.isEmpty()) {
            check(sql);
        } else {
            assertThat(error).as(sql).startsWith("42601");
            assertThat(read(sql)).as(sql + "\n" + error).isInstanceOf(Reading.Unreadable.class);
        }
    }

    /// How many statements were found to mean the same.
    int checked() {
        return checked;
    }

    /// Whether the server understands a statement.
    boolean isUnderstood(String sql) {
        return error(explain(sql)).isEmpty();
    }

    private List<BackendMessage> explain(String sql) {
        return client.query("EXPLAIN (VERBOSE, COSTS OFF, GENERIC_PLAN) " + sql);
    }

    /// The SQLSTATE and the message of an error, or nothing.
    private static String error(List<BackendMessage> answer) {
        return answer.stream()
                .filter(ErrorResponse.class::isInstance)
                .map(message -> ((ErrorResponse) message).fields())
                .map(fields -> text(fields, ErrorFields.CODE) + " " + text(fields, ErrorFields.MESSAGE))
                .findFirst()
                .orElse("");
    }

    private static String text(ErrorFields fields, byte field) {
        return fields.get(field).map(ByteString::toString).orElse("");
    }

    private List<RowDescription> columns(String sql) {
        client.send(
                new Parse(ByteString.EMPTY, ByteString.utf8(sql), List.of()),
                new Describe(Target.STATEMENT, ByteString.EMPTY),
                new Sync());
        return client.readUntilReady().stream()
                .filter(RowDescription.class::isInstance)
                .map(RowDescription.class::cast)
                .toList();
    }

    /// Every part lies within the one that it belongs to, and beside the others that do.
    private static void checkSpans(String sql, Node node) {
        List<Span> spans = new ArrayList<>();
        for (Node child : node.children()) {
            assertThat(node.span().contains(child.span()))
                    .as("%s\n%s in %s", sql, child, node)
                    .isTrue();
            spans.add(child.span());
            checkSpans(sql, child);
        }
        spans.sort(Comparator.comparingInt(Span::first));
        for (int i = 1; i < spans.size(); i++) {
            assertThat(spans.get(i - 1).end())
                    .as("%s\n%s", sql, node)
                    .isLessThanOrEqualTo(spans.get(i).first());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
