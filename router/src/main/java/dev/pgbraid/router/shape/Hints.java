package dev.pgbraid.router.shape;

import dev.pgbraid.router.lexer.Rows;
import dev.pgbraid.router.lexer.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The hints in the comments before and after a statement: `/* pgbraid: shard=a, key='x y' */`.
///
/// `/* pgdog_shard: 1 */` and `/* pgdog_sharding_key: 'x y' */` are hints too, with the word before the colon as name.
///
/// A comment inside the statement has no hints, so that a text that is put into a statement cannot bring one along
/// unless it ends the statement.
public final class Hints {
    private static final byte[] MARK = bytes("pgbraid:");
    private static final byte[] SHARD_ALIAS = bytes("pgdog_shard:");
    private static final byte[] KEY_ALIAS = bytes("pgdog_sharding_key:");

    /// Start and end of the name, start and end of the value.
    private final Rows hints = new Rows();
    private byte[] text = {};
    private int position;
    private int end;

    Hints() {}

    private static byte[] bytes(String mark) {
        return mark.getBytes(StandardCharsets.US_ASCII);
    }

    void read(Tokens tokens, int statement) {
        hints.clear();
        text = tokens.text();
        readBefore(tokens, tokens.firstToken(statement));
        readBefore(tokens, tokens.tokensEnd(statement));
        boolean isLast = statement == tokens.statementCount() - 1;
        if (isLast && tokens.count() > tokens.tokensEnd(statement)) {
            readBefore(tokens, tokens.count());
        }
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
        if (!value.startsWith("'") && !value.startsWith("\"")) {
            return value;
        }
        String quote = value.substring(0, 1);
        return value.substring(1, value.length() - 1).replace(quote + quote, quote);
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
        while (position < end) {
            if (isMark(MARK)) {
                position += MARK.length;
                do {
                    skip(" \t\r\n,");
                } while (readHint());
                return;
            }
            readAlias(SHARD_ALIAS);
            readAlias(KEY_ALIAS);
            position++;
        }
    }

    private boolean isMark(byte[] mark) {
        return position + mark.length <= end
                && text[position] == mark[0]
                && Arrays.equals(text, position, position + mark.length, mark, 0, mark.length);
    }

    private void readAlias(byte[] alias) {
        if (isMark(alias)) {
            int name = position;
            position += alias.length;
            skip(" \t\r\n");
            readValue(name, name + alias.length - 1);
        }
    }

    /// Reads `name=value`, or nothing more of a comment that goes on in another way.
    private boolean readHint() {
        int name = position;
        skip("abcdefghijklmnopqrstuvwxyz-");
        int nameEnd = position;
        if (nameEnd == name || position >= end || text[position] != '=') {
            return false;
        }
        position++;
        return readValue(name, nameEnd);
    }

    private boolean readValue(int name, int nameEnd) {
        int value = position;
        boolean isWhole = position < end
                && switch (text[position]) {
                    case '\'', '"' -> skipQuoted(text[position]);
                    case '(' -> skipBracket();
                    default -> skipPlain();
                };
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

    /// The values of several columns, of which some may stand in double quotes.
    private boolean skipBracket() {
        boolean isQuoted = false;
        for (position++; position < end; position++) {
            if (text[position] == '"') {
                isQuoted = !isQuoted;
            } else if (text[position] == ')' && !isQuoted) {
                position++;
                return true;
            }
        }
        return false;
    }

    private boolean skipQuoted(byte quote) {
        for (position++; position < end; position++) {
            if (text[position] == quote) {
                position++;
                if (position >= end || text[position] != quote) {
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
