package dev.pgbraid.router.session;

import dev.pgbraid.router.lexer.KeywordCategory;
import dev.pgbraid.router.lexer.Keywords;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import java.util.ArrayList;
import java.util.List;

/// Steps through the tokens of one statement.
///
/// What is not as expected is remembered and makes everything after it fail too, so that a reader need not ask after
/// every step: it asks once, at the end, for [#isRead()].
public final class TokenCursor {
    private final Tokens tokens;
    private final int end;
    private int position;
    private boolean isFailed;

    public TokenCursor(Tokens tokens, int first, int end) {
        this.tokens = tokens;
        this.end = end;
        this.position = first;
    }

    public Tokens tokens() {
        return tokens;
    }

    public int position() {
        return position;
    }

    public int end() {
        return end;
    }

    public boolean isAtEnd() {
        return position >= end;
    }

    /// Whether everything was as expected, to the end of the statement.
    public boolean isRead() {
        return !isFailed && isAtEnd();
    }

    public void fail() {
        isFailed = true;
        position = end;
    }

    public void step() {
        position++;
    }

    /// Takes all that is left.
    public void skipRest() {
        position = end;
    }

    public String keyword() {
        return keyword(0);
    }

    public String keyword(int ahead) {
        return position + ahead < end ? tokens.keyword(position + ahead) : "";
    }

    public TokenKind kind() {
        return kind(0);
    }

    public TokenKind kind(int ahead) {
        return position + ahead < end ? tokens.kind(position + ahead) : TokenKind.END;
    }

    public boolean isNext(String keyword) {
        return keyword().equals(keyword);
    }

    /// Takes these keywords if all of them are next.
    public boolean accept(String... keywords) {
        for (int ahead = 0; ahead < keywords.length; ahead++) {
            if (!keyword(ahead).equals(keywords[ahead])) {
                return false;
            }
        }
        position += keywords.length;
        return true;
    }

    /// Takes the next token if it is one of these keywords.
    public boolean acceptAny(List<String> keywords) {
        boolean isOne = keywords.contains(keyword());
        position += isOne ? 1 : 0;
        return isOne;
    }

    public boolean accept(TokenKind kind) {
        boolean isNext = kind() == kind;
        position += isNext ? 1 : 0;
        return isNext;
    }

    public void expect(String... keywords) {
        if (!accept(keywords)) {
            fail();
        }
    }

    public void expect(TokenKind kind) {
        if (!accept(kind)) {
            fail();
        }
    }

    /// Whether a token can be a name where columns and tables have theirs (`ColId` in the grammar).
    public boolean isName(int ahead) {
        return kind(ahead).isQuotedName() || (kind(ahead) == TokenKind.WORD && isFree(keyword(ahead), false));
    }

    public String name() {
        return isName(0) ? takeName() : failed();
    }

    /// A string, or a word that is not reserved, such as the value of a setting can be.
    public String wordOrString() {
        if (kind().isString()) {
            return string();
        }
        boolean isWord = kind().isQuotedName() || (kind() == TokenKind.WORD && isFree(keyword(), true));
        return isWord ? takeName() : failed();
    }

    public String string() {
        return kind().isString() ? tokens.string(position++) : failed();
    }

    /// A number with or without a sign.
    String number() {
        String sign = accept(TokenKind.MINUS) ? "-" : "";
        if (sign.isEmpty()) {
            accept(TokenKind.PLUS);
        }
        if (kind() == TokenKind.NUMERIC) {
            return sign + tokens.written(position++);
        }
        if (kind() != TokenKind.INTEGER) {
            return failed();
        }
        String number = SettingText.number(tokens.written(position++));
        return number.equals("0") ? number : sign + number;
    }

    /// Names joined by dots. After a dot every word is a name.
    public List<String> qualifiedName() {
        List<String> parts = new ArrayList<>(List.of(name()));
        while (accept(TokenKind.DOT)) {
            boolean isLabel = kind() == TokenKind.WORD || kind().isQuotedName();
            parts.add(isLabel ? takeName() : failed());
        }
        return parts;
    }

    /// What stands in parentheses, cut at the commas, each part as it is written.
    List<String> parenthesized() {
        List<String> parts = new ArrayList<>();
        if (kind() != TokenKind.OPEN) {
            fail();
            return parts;
        }
        int depth = tokens.depth(position);
        position++;
        int from = position;
        while (!isAtEnd() && tokens.depth(position) > depth) {
            if (kind() == TokenKind.COMMA && tokens.depth(position) == depth + 1) {
                addPart(parts, from);
                from = position + 1;
            }
            position++;
        }
        addPart(parts, from);
        expect(TokenKind.CLOSE);
        return parts;
    }

    private void addPart(List<String> parts, int from) {
        if (from == position) {
            fail();
        } else {
            parts.add(tokens.written(from, position));
        }
    }

    private String takeName() {
        return tokens.name(position++);
    }

    private String failed() {
        fail();
        return "";
    }

    private static boolean isFree(String keyword, boolean alsoForFunctions) {
        KeywordCategory category = Keywords.all().getOrDefault(keyword, KeywordCategory.UNRESERVED);
        return switch (category) {
            case RESERVED -> false;
            case TYPE_OR_FUNCTION_NAME -> alsoForFunctions;
            case COLUMN_NAME, UNRESERVED -> true;
        };
    }
}
