package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Reads statements that read or change rows, in the calling thread.
///
/// The limits keep the time short for any text, hostile ones included: all that is done is linear, but for JSqlParser,
/// which sees a name for each part of a query and nothing nested.
public final class StatementParser {
    static final int BYTES_MAX = 8 << 20;
    static final int TOKENS_MAX = 500_000;
    static final int BRACKETS_DEPTH_MAX = 100;
    /// For the sake of everything that calls itself for each level of a tree.
    static final int TREE_DEPTH_MAX = 1_000;

    private StatementParser() {}

    /// Reads one statement of a text that the lexer did not refuse. The tree has the numbers of its tokens.
    public static Reading parse(Tokens tokens, int statement) {
        try {
            checkSize(tokens, statement);
            Cursor in = new Cursor(tokens, tokens.firstToken(statement), tokens.tokensEnd(statement));
            Statement read = Statements.read(in);
            if (!in.isAtEnd()) {
                throw in.unexpected();
            }
            checkDepth(read);
            return new Reading.Read(read);
        } catch (UnreadableException problem) {
            return new Reading.Unreadable(problem.reason());
        } catch (StackOverflowError _) {
            return new Reading.Unreadable("it is nested too deeply");
        }
    }

    /// Reads a text that is nothing but the name of a type.
    public static Optional<Expression.Type> parseType(Tokens tokens) {
        try {
            Cursor in = new Cursor(tokens, 0, tokens.count());
            Expression.Type type = Types.read(in);
            return in.isAtEnd() ? Optional.of(type) : Optional.empty();
        } catch (UnreadableException _) {
            return Optional.empty();
        }
    }

    private static void checkSize(Tokens tokens, int statement) {
        check("bytes", tokens.statementEnd(statement) - tokens.statementStart(statement), BYTES_MAX);
        check("tokens", tokens.tokensEnd(statement) - tokens.firstToken(statement), TOKENS_MAX);
        int depth = 0;
        for (int token = tokens.firstToken(statement); token < tokens.tokensEnd(statement); token++) {
            depth = Math.max(depth, tokens.depth(token));
        }
        check("levels of parentheses", depth, BRACKETS_DEPTH_MAX);
    }

    private static void check(String what, int actual, int limit) {
        if (actual > limit) {
            throw new UnreadableException("it has " + actual + " " + what + ", more than " + limit);
        }
    }

    private record Level(Node node, int depth) {}

    private static void checkDepth(Statement statement) {
        Deque<Level> open = new ArrayDeque<>();
        open.push(new Level(statement, 1));
        while (!open.isEmpty()) {
            Level level = open.pop();
            check("levels of operators and clauses", level.depth(), TREE_DEPTH_MAX);
            for (Node child : level.node().children()) {
                open.push(new Level(child, level.depth() + 1));
            }
        }
    }
}
