package dev.pgbraid.router.shape;

import dev.pgbraid.router.lexer.Rows;
import dev.pgbraid.router.lexer.Tokens;
import java.nio.charset.StandardCharsets;

/// The hints in the comments before and after a statement: `/* pgbraid: shard=a, key='x y' */`.
///
/// A comment inside the statement has no hints, so that a text that is put into a statement cannot bring one along
/// unless it ends the statement.
public final class Hints {
    private static final byte[] MARK = "pgbraid:".getBytes(StandardCharsets.US_ASCII);

    /// Start and end of the name, start and end of the value.
    private final Rows hints = new Rows();
    private byte[] text = {};
    private int position;
    private int end;

    Hints() {}

    void read(Tokens tokens, int statement) {
        hints.clear();
        text = tokens.text();
        readBefore(tokens, tokens.firstToken(statement));
        readBefore(tokens, tokens.tokensEnd(statement));
    }

    private void readBefore(Tokens tokens, int token) {
        int comment = firstBefore(tokens, token);
        for (; comment < tokens.commentCount() && tokens.commentToken(comment) == token; comment++) {
            boolean isBlock = text[tokens.commentStart(comment)] == '/';
            end = tokens.commentEnd(comment) - (isBlock ? 2 : 0);
            position = tokens.commentStart(comment) + 2;
            readComment();
        }
    }

    /// The first comment that stands before a token, or where it would be: there can be as many as there are tokens.
    private static int firstBefore(Tokens tokens, int token) {
        int low = 0;
        int high = tokens.commentCount();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tokens.commentToken(middle) < token) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    public int count() {
        return hints.count();
    }

    public String name(int hint) {
        return text(nameStart(hint), nameEnd(hint));
    }

    /// The value, without the quotes that it may stand in.
    public String value(int hint) {
        String value = text(hints.cell(hint, 2), hints.cell(hint, 3));
        return value.startsWith("'") ? value.substring(1, value.length() - 1).replace("''", "'") : value;
    }

    int nameStart(int hint) {
        return hints.cell(hint, 0);
    }

    int nameEnd(int hint) {
        return hints.cell(hint, 1);
    }

    private String text(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    private void readComment() {
        while (position < end && !isMark()) {
            position++;
        }
        position += MARK.length;
        do {
            skip(" \t\r\n,");
        } while (readHint());
    }

    private boolean isMark() {
        for (int i = 0; i < MARK.length; i++) {
            if (position + i >= end || text[position + i] != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    /// Reads `name=value`, or nothing more of a comment that goes on in another way.
    private boolean readHint() {
        int name = position;
        skip("abcdefghijklmnopqrstuvwxyz-");
        int nameEnd = position;
        if (nameEnd == name || position >= end || text[position] != '=') {
            return false;
        }
        int value = ++position;
        boolean isQuoted = position < end && text[position] == '\'';
        boolean isWhole = isQuoted ? skipQuoted() : skipPlain();
        if (isWhole) {
            hints.add(name, nameEnd, value, position);
        }
        return isWhole;
    }

    private boolean skipPlain() {
        int from = position;
        while (position < end && " \t\r\n,".indexOf(text[position]) < 0) {
            position++;
        }
        return position > from;
    }

    private boolean skipQuoted() {
        for (position++; position < end; position++) {
            if (text[position] == '\'') {
                position++;
                if (position >= end || text[position] != '\'') {
                    return true;
                }
            }
        }
        return false;
    }

    private void skip(String characters) {
        while (position < end && characters.indexOf(text[position]) >= 0) {
            position++;
        }
    }
}
