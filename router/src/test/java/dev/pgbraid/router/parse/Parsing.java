package dev.pgbraid.router.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Span;
import dev.pgbraid.router.tree.Statement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// A statement that was read, and questions to its tree.
record Parsing(Tokens tokens, Reading reading) {

    static Parsing of(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        Tokens tokens = new Lexer().read(text, 0, text.length, TextRules.DEFAULT);
        return new Parsing(tokens, StatementParser.parse(tokens, 0));
    }

    Statement statement() {
        assertThat(reading).isInstanceOf(Reading.Read.class);
        return ((Reading.Read) reading).statement();
    }

    /// Why the statement cannot be read.
    String reason() {
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        return ((Reading.Unreadable) reading).reason();
    }

    /// All parts of a kind, in the order of the text.
    <T extends Node> List<T> all(Class<T> kind) {
        return all(statement()).filter(kind::isInstance).map(kind::cast).toList();
    }

    private static Stream<Node> all(Node node) {
        return Stream.concat(Stream.of(node), node.children().stream().flatMap(Parsing::all));
    }

    String written(Node node) {
        Span span = node.span();
        return tokens.written(span.first(), span.end());
    }
}
