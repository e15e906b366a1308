package dev.pgbraid.router;

import dev.pgbraid.router.analysis.Literals;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.shape.Shape;

/// A text and one of its statements, as they were read last. It is used again for every text.
final class StatementText {
    private final Lexer lexer = new Lexer();
    private final Shape shape = new Shape();
    private final ShapeLiterals literals = new ShapeLiterals(shape);

    Tokens read(byte[] text, int from, int to, TextRules rules) {
        return lexer.read(text, from, to, rules);
    }

    /// The shape of a statement, until that of the next one is asked for.
    Shape shape(Tokens tokens, int statement) {
        shape.read(tokens, statement);
        return shape;
    }

    /// The shape that was asked for last.
    Shape shape() {
        return shape;
    }

    /// The plan of the statement whose shape was asked for last.
    Plan plan(Known known, Tokens tokens, int statement, Parameters parameters) {
        Literals found = literals.of(tokens, tokens.firstToken(statement), known.layout());
        return known.template().plan(found, parameters);
    }

    /// The plan of a text that is one statement.
    Plan plan(Known known, byte[] text, TextRules rules, Parameters parameters) {
        Tokens tokens = read(text, 0, text.length, rules);
        shape(tokens, 0);
        return plan(known, tokens, 0, parameters);
    }
}
