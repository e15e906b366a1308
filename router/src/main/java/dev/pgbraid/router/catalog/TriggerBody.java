package dev.pgbraid.router.catalog;

import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.session.HarmlessFunctions;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Reads trigger functions in PL/pgSQL that look at nothing but the row which they are for.
///
/// Most do no more than to set a column of `NEW`. What is not understood at once is not proven: a query of any form, a
/// call of a function that is not known to be harmless, a statement of SQL.
public final class TriggerBody {
    /// Words without which an expression reads no relation, and a variable is not the row by another name.
    private static final Set<String> QUERIES =
            Set.of("select", "from", "table", "values", "with", "into", "execute", "query", "cursor", "alias");

    private static final Set<String> SEQUENCES = Set.of("nextval", "currval", "lastval", "setval");

    private final Tokens tokens;
    private final Set<String> userOperators;
    private final Set<String> assigned = new HashSet<>();
    private int at;
    private boolean isDeclaring;

    private TriggerBody(Tokens tokens, Set<String> userOperators) {
        this.tokens = tokens;
        this.userOperators = userOperators;
    }

    /// The columns that a function sets, if it is one of these.
    ///
    /// @param userOperators the names of operators behind which there can be any code
    public static Optional<Set<String>> assigned(String source, Set<String> userOperators) {
        byte[] text = source.getBytes(StandardCharsets.UTF_8);
        Tokens tokens = new Lexer().read(text, 0, text.length, TextRules.DEFAULT);
        TriggerBody body = new TriggerBody(tokens, userOperators);
        return tokens.error().isEmpty() && body.isUnderstood() ? Optional.of(body.assigned) : Optional.empty();
    }

    private boolean isUnderstood() {
        while (at < tokens.count()) {
            if (!isStatement()) {
                return false;
            }
        }
        return true;
    }

    /// Reads a statement, or the part of one before those that are inside of it.
    private boolean isStatement() {
        return switch (word(at)) {
            case "declare", "begin" -> {
                isDeclaring = word(at).equals("declare");
                yield skip();
            }
            case "else", "exception", "loop" -> skip();
            case "end" -> at + 1 == tokens.count() ? skip() : isHarmlessUntil(";");
            case "if", "elsif", "elseif", "when" -> isHarmlessUntil("then");
            case "case" -> word(at + 1).equals("when") ? skip() : isHarmlessUntil("when") && back();
            case "for", "foreach", "while" -> isHarmlessUntil("loop");
            case "raise", "assert", "perform", "exit", "continue", "null" -> isHarmlessUntil(";");
            case "return" -> returnsRow() && isHarmlessUntil(";");
            default -> isAssignment() && isHarmlessUntil(";");
        };
    }

    private boolean skip() {
        at++;
        return true;
    }

    private boolean back() {
        at--;
        return true;
    }

    private String word(int token) {
        TokenKind kind = tokens.kind(token);
        return kind == TokenKind.WORD ? tokens.name(token) : kind == TokenKind.SEMICOLON ? ";" : "";
    }

    /// What comes back is the row, or none.
    private boolean returnsRow() {
        return Set.of("new", "old", "null").contains(word(at + 1))
                && word(at + 2).equals(";");
    }

    /// `name := …`, `name.field := …`, and the declaration of a variable.
    private boolean isAssignment() {
        boolean isField = tokens.kind(at + 1) == TokenKind.DOT && isName(at + 2);
        TokenKind next = tokens.kind(isField ? at + 3 : at + 1);
        boolean isAssigned = next == TokenKind.COLON_EQUALS || next == TokenKind.EQUALS;
        return switch (word(at)) {
            case "new" -> isField && isAssigned && sets(tokens.name(at + 2));
            case "old" -> false;
            default -> isName(at) && (isAssigned || (isDeclaring && next == TokenKind.WORD));
        };
    }

    private boolean sets(String column) {
        assigned.add(column);
        return true;
    }

    private boolean isName(int token) {
        return tokens.kind(token) == TokenKind.WORD || tokens.kind(token).isQuotedName();
    }

    /// Goes on behind the word that ends an expression.
    private boolean isHarmlessUntil(String end) {
        int first = at;
        while (at < tokens.count() && !word(at).equals(end)) {
            if (!isHarmless(at)) {
                return false;
            }
            at++;
        }
        return at++ < tokens.count() && HarmlessFunctions.areAll(tokens, first, at - 1);
    }

    private boolean isHarmless(int token) {
        String word = word(token);
        boolean isComparison = word.equals("from") && word(token - 1).equals("distinct");
        boolean isQuery = QUERIES.contains(word) && !isComparison;
        return !isQuery && !SEQUENCES.contains(word) && !userOperators.contains(tokens.written(token));
    }
}
