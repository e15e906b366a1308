package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.KeywordCategory;
import dev.pgbraid.router.lexer.Keywords;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/// Steps through the tokens of one statement. What is not as expected ends the reading.
final class Cursor {
    /// How deeply expressions, queries and joins may be nested. Readers call themselves for each level.
    private static final int NESTING_MAX = 400;

    /// How many queries can be inside of each other and side by side, each of which JSqlParser is asked for.
    private static final int QUERIES_MAX = 1_000;

    private final Tokens tokens;
    private final Brackets brackets;
    private int position;
    private int end;
    private int nesting;
    private int queries;

    Cursor(Tokens tokens, int first, int end) {
        this.tokens = tokens;
        this.brackets = new Brackets(tokens, first, end);
        this.position = first;
        this.end = end;
    }

    Tokens tokens() {
        return tokens;
    }

    Brackets brackets() {
        return brackets;
    }

    int position() {
        return position;
    }

    int end() {
        return end;
    }

    boolean isAtEnd() {
        return position >= end;
    }

    void step() {
        position++;
    }

    void moveTo(int token) {
        position = token;
    }

    Span spanFrom(int first) {
        return new Span(first, position);
    }

    UnreadableException refuse(String reason) {
        return new UnreadableException(reason);
    }

    UnreadableException unexpected() {
        if (isAtEnd()) {
            return refuse("more is expected " + (end < tokens.count() ? "before " + quoted(end) : "at the end"));
        }
        return refuse("unexpected " + quoted(position));
    }

    private String quoted(int token) {
        String written = tokens.written(token);
        return "\"" + (written.length() > 40 ? written.substring(0, 40) + "…" : written) + "\"";
    }

    /// The next token from `from` on that is wanted, outside of parentheses and of `CASE`, or the end. A word after
    /// `AS` or a dot is a name, whatever word it is, and not asked for.
    int find(int from, IntPredicate wanted) {
        int cases = 0;
        int token = from;
        while (token < end) {
            if (brackets.isOpen(token)) {
                token = brackets.close(token);
            } else if (tokens.kind(token) == TokenKind.DOT
                    || tokens.keyword(token).equals("as")) {
                token += tokens.kind(token + 1) == TokenKind.WORD ? 1 : 0;
            } else if (tokens.keyword(token).equals("case")) {
                cases++;
            } else if (tokens.keyword(token).equals("end")) {
                cases--;
            } else if (cases <= 0 && wanted.test(token)) {
                return token;
            }
            token++;
        }
        return end;
    }

    int find(Set<String> words) {
        return find(position, token -> words.contains(tokens.keyword(token)));
    }

    /// Reads something that may have more of its kind in it.
    <T> T nested(Supplier<T> reader) {
        if (++nesting > NESTING_MAX) {
            throw refuse("it is nested more than " + NESTING_MAX + " levels deep");
        }
        T read = reader.get();
        nesting--;
        return read;
    }

    void countQuery() {
        if (++queries > QUERIES_MAX) {
            throw refuse("it has more than " + QUERIES_MAX + " queries");
        }
    }

    /// Reads all tokens from the next one to the one before `innerEnd`.
    <T> T within(int innerEnd, Supplier<T> reader) {
        int outerEnd = end;
        end = innerEnd;
        T read = reader.get();
        if (!isAtEnd()) {
            throw unexpected();
        }
        end = outerEnd;
        return read;
    }

    /// Reads all tokens between the parentheses or brackets that are next.
    <T> T inside(Supplier<T> reader) {
        if (isAtEnd() || !brackets.isOpen(position)) {
            throw unexpected();
        }
        int close = brackets.close(position);
        step();
        T read = within(close, reader);
        step();
        return read;
    }

    String keyword() {
        return keyword(0);
    }

    String keyword(int ahead) {
        return position + ahead < end ? tokens.keyword(position + ahead) : "";
    }

    TokenKind kind() {
        return kind(0);
    }

    TokenKind kind(int ahead) {
        return position + ahead < end ? tokens.kind(position + ahead) : TokenKind.END;
    }

    boolean isNext(String keyword) {
        return keyword().equals(keyword);
    }

    boolean isNext(String keyword, TokenKind after) {
        return keyword().equals(keyword) && kind(1) == after;
    }

    /// Takes these keywords if all of them are next.
    boolean accept(String... keywords) {
        for (int ahead = 0; ahead < keywords.length; ahead++) {
            if (!keyword(ahead).equals(keywords[ahead])) {
                return false;
            }
        }
        position += keywords.length;
        return true;
    }

    boolean acceptAny(Set<String> keywords) {
        boolean isOne = keywords.contains(keyword());
        position += isOne ? 1 : 0;
        return isOne;
    }

    boolean accept(TokenKind kind) {
        boolean isNext = kind() == kind;
        position += isNext ? 1 : 0;
        return isNext;
    }

    void expect(String... keywords) {
        if (!accept(keywords)) {
            throw unexpected();
        }
    }

    void expect(TokenKind kind) {
        if (!accept(kind)) {
            throw unexpected();
        }
    }

    /// One or more, with commas between them.
    <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>(List.of(element.get()));
        while (accept(TokenKind.COMMA)) {
            list.add(element.get());
        }
        return list;
    }

    /// Whether a token can be the name of a column or a table (`ColId` in the grammar).
    boolean isColumnName(int ahead) {
        return switch (category(ahead)) {
            case UNRESERVED, COLUMN_NAME -> isLabel(ahead);
            case TYPE_OR_FUNCTION_NAME, RESERVED -> false;
        };
    }

    /// Whether a token can be the name of a function or a type (`type_function_name` in the grammar).
    boolean isFunctionName(int ahead) {
        return switch (category(ahead)) {
            case UNRESERVED, TYPE_OR_FUNCTION_NAME -> isLabel(ahead);
            case COLUMN_NAME, RESERVED -> false;
        };
    }

    private boolean isLabel(int ahead) {
        return kind(ahead) == TokenKind.WORD || kind(ahead).isQuotedName();
    }

    private KeywordCategory category(int ahead) {
        return Keywords.all().getOrDefault(keyword(ahead), KeywordCategory.UNRESERVED);
    }

    String columnName() {
        if (!isColumnName(0)) {
            throw unexpected();
        }
        return tokens.name(position++);
    }

    /// A name where every keyword can be one, as after a dot or after `AS`.
    String label() {
        if (!isLabel(0)) {
            throw unexpected();
        }
        return tokens.name(position++);
    }

    /// Names in parentheses.
    List<String> columnNames() {
        return inside(() -> list(this::columnName));
    }

    /// The name of a table, with its schema if that is written.
    List<String> qualifiedName() {
        List<String> parts = new ArrayList<>(List.of(columnName()));
        while (accept(TokenKind.DOT)) {
            parts.add(label());
        }
        if (parts.size() > 3) {
            throw refuse("a table has a name of " + parts.size() + " parts");
        }
        return parts;
    }
}
