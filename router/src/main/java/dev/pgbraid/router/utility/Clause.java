package dev.pgbraid.router.utility;

import dev.pgbraid.router.catalog.SearchPath;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.session.TokenCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A statement while it is read, and the ways to look ahead in it.
final class Clause {
    static final int NONE = -1;

    private final Tokens tokens;
    private final int first;
    private final int end;
    private final int depth;
    private final TokenCursor cursor;
    private int commandEnd;
    private boolean isTemporary;

    Clause(Tokens tokens, int first, int end) {
        this.tokens = tokens;
        this.first = first;
        this.end = end;
        this.depth = tokens.depth(first);
        this.cursor = new TokenCursor(tokens, first, end);
        this.commandEnd = first + 1;
    }

    Tokens tokens() {
        return tokens;
    }

    TokenCursor cursor() {
        return cursor;
    }

    int end() {
        return end;
    }

    /// Takes the words for what the statement is about, if they are next.
    Optional<ObjectKind> kind() {
        Optional<ObjectKind> kind = ObjectKind.accept(cursor);
        commandEnd = kind.isPresent() ? cursor.position() : commandEnd;
        return kind;
    }

    /// The words that the statement begins with, for people.
    String command() {
        StringBuilder command = new StringBuilder();
        for (int token = first; token < commandEnd; token++) {
            command.append(token == first ? "" : " ")
                    .append(tokens.keyword(token).toUpperCase(Locale.ROOT));
        }
        return command.toString();
    }

    /// Takes all that is left, which does not matter.
    Utility rest(Utility utility) {
        cursor.skipRest();
        return utility;
    }

    /// Where a keyword stands next outside of parentheses, from where the reading is.
    int find(String keyword) {
        return find(keyword, cursor.position());
    }

    int find(String keyword, int from) {
        for (int token = from; token < end; token++) {
            if (tokens.depth(token) == depth && tokens.keyword(token).equals(keyword)) {
                return token;
            }
        }
        return NONE;
    }

    boolean isAt(int token, String... keywords) {
        for (int ahead = 0; ahead < keywords.length; ahead++) {
            if (token + ahead >= end || !tokens.keyword(token + ahead).equals(keywords[ahead])) {
                return false;
            }
        }
        return true;
    }

    boolean isNameAt(int token) {
        return new TokenCursor(tokens, token, end).isName(0);
    }

    /// Whether the word `TEMPORARY` was there.
    void setTemporary(boolean isThere) {
        isTemporary = isThere;
    }

    /// The name of what is made, with the schema that temporary things have.
    List<String> made() {
        List<String> name = cursor.qualifiedName();
        return isTemporary ? List.of(SearchPath.TEMPORARY, name.getLast()) : name;
    }

    /// The name at a token; a statement without one there is not read to its end.
    List<String> nameAt(int token) {
        TokenCursor there = new TokenCursor(tokens, token, end);
        there.accept("only");
        if (!there.isName(0)) {
            cursor.fail();
            return List.of();
        }
        return there.qualifiedName();
    }

    /// The name behind the next `keyword` outside of parentheses.
    List<String> nameBehind(String keyword) {
        int at = find(keyword);
        return nameAt(at == NONE ? end : at + 1);
    }

    /// `[ONLY] name [*]`
    List<String> relation() {
        boolean isOnly = cursor.accept("only");
        boolean isOpen = isOnly && cursor.accept(TokenKind.OPEN);
        List<String> name = cursor.qualifiedName();
        if (isOpen) {
            cursor.expect(TokenKind.CLOSE);
        }
        cursor.accept(TokenKind.STAR);
        return name;
    }

    /// Relations with commas between them, each with or without columns in parentheses.
    List<Mention> relations(Mention.Role role) {
        List<Mention> mentions = new ArrayList<>();
        do {
            mentions.add(new Mention(role, relation()));
            skipParentheses();
        } while (cursor.accept(TokenKind.COMMA));
        return mentions;
    }

    /// Passes what stands in parentheses here, if anything does.
    void skipParentheses() {
        if (cursor.kind() != TokenKind.OPEN) {
            return;
        }
        int inside = tokens.depth(cursor.position());
        do {
            cursor.step();
        } while (!cursor.isAtEnd() && tokens.depth(cursor.position()) > inside);
        cursor.expect(TokenKind.CLOSE);
    }
}
