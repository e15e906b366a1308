package dev.pgbraid.router.shape;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import java.util.Arrays;

/// Writes the bytes of a shape, and finds its slots and groups.
///
/// Each token is followed by a blank. A mark is a byte that no token begins with, and a letter.
final class ShapeWriter {
    private static final byte LITERAL = 1;
    private static final byte OTHER = 2;
    private static final byte GROUP = 3;
    private static final byte HINT = 4;

    private static final int NONE = -1;

    private final Shape shape;
    private final Clauses clauses = new Clauses();

    private byte[] bytes = new byte[256];
    private int length;
    private int first;
    private int end;
    /// False when rows turned out to differ: inside of them there could be such rows again, and so on.
    private boolean isGroupingRows;

    ShapeWriter(Shape shape) {
        this.shape = shape;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void write(Tokens tokens, int firstToken, int endToken) {
        length = 0;
        first = firstToken;
        end = endToken;
        isGroupingRows = true;
        clauses.begin(tokens, firstToken);
        int token = firstToken;
        while (token < endToken) {
            token = next(tokens, token);
        }
    }

    void writeHint(byte[] text, int nameStart, int nameEnd) {
        append(HINT);
        append(text, nameStart, nameEnd);
        append((byte) ' ');
    }

    /// Writes a token or a group that begins with it, and gives the token after it.
    private int next(Tokens tokens, int token) {
        if (isLiteral(tokens.kind(token))) {
            literal(tokens, token, Shape.NO_GROUP, Sign.APART);
            return token + 1;
        }
        plain(tokens, token);
        if (token + 1 >= end || tokens.kind(token + 1) != TokenKind.OPEN) {
            return token + 1;
        }
        return switch (tokens.keyword(token)) {
            case "in" -> list(tokens, token + 1);
            case "values" -> isGroupingRows ? rows(tokens, token + 1) : token + 1;
            default -> token + 1;
        };
    }

    /// A list of literals that are alike is a group.
    private int list(Tokens tokens, int open) {
        plain(tokens, open);
        int close = listEnd(tokens, open);
        if (close == NONE) {
            return open + 1;
        }
        int group = shape.groups.count();
        int firstSlot = shape.slots.count();
        mark(GROUP, mark(tokens, literalAt(tokens, open + 1)));
        int token = open + 1;
        while (token < close) {
            int literal = literalAt(tokens, token);
            shape.members.add(group, token, literal + 1, shape.slots.count());
            shape.slots.add(literal, group, tokens.kind(token) == TokenKind.MINUS ? 1 : 0, 1);
            token = literal + 2;
        }
        shape.groups.add(firstSlot, shape.slots.count() - firstSlot, open + 1, close);
        return close;
    }

    /// The closing parenthesis of a list of literals that can be lifted and have one mark.
    private int listEnd(Tokens tokens, int open) {
        byte expected = 0;
        int token = open + 1;
        while (token < end) {
            int literal = literalAt(tokens, token);
            if (literal == NONE || !clauses.isLifted(tokens, literal)) {
                return NONE;
            }
            byte mark = mark(tokens, literal);
            if (expected != 0 && mark != expected) {
                return NONE;
            }
            expected = mark;
            if (tokens.kind(literal + 1) == TokenKind.CLOSE) {
                return literal + 1;
            }
            token = tokens.kind(literal + 1) == TokenKind.COMMA ? literal + 2 : end;
        }
        return NONE;
    }

    /// The literal at a token, or behind the sign at a token.
    private int literalAt(Tokens tokens, int token) {
        TokenKind kind = tokens.kind(token);
        boolean isSigned = (kind == TokenKind.MINUS || kind == TokenKind.PLUS)
                && token + 1 < end
                && tokens.kind(token + 1).isNumber();
        if (isSigned) {
            return token + 1;
        }
        return isLiteral(kind) ? token : NONE;
    }

    /// Rows that are alike are a group.
    private int rows(Tokens tokens, int open) {
        int group = shape.groups.count();
        int firstSlot = shape.slots.count();
        int firstMember = shape.members.count();
        int from = length;
        mark(GROUP, (byte) 'v');
        int rowFrom = length;
        int token = row(tokens, open, group);
        int rowTo = length;
        while (token + 1 < end && isKinds(tokens, token, TokenKind.COMMA, TokenKind.OPEN)) {
            token = row(tokens, token + 1, group);
            if (!Arrays.equals(bytes, rowFrom, rowTo, bytes, rowTo, length)) {
                shape.slots.truncate(firstSlot);
                shape.members.truncate(firstMember);
                length = from;
                isGroupingRows = false;
                return open;
            }
            length = rowTo;
        }
        shape.groups.add(firstSlot, shape.members.count() - firstMember, open, token);
        return token;
    }

    private int row(Tokens tokens, int open, int group) {
        int depth = tokens.depth(open);
        int firstSlot = shape.slots.count();
        plain(tokens, open);
        int token = open + 1;
        while (token < end && tokens.depth(token) > depth) {
            boolean isSigned = isSigned(tokens, token, depth);
            int written = isSigned ? token + 1 : token;
            if (isLiteral(tokens.kind(written))) {
                literal(tokens, written, group, sign(tokens, token, isSigned, depth));
            } else {
                plain(tokens, written);
            }
            token = written + 1;
        }
        if (token < end) {
            plain(tokens, token++);
        }
        shape.members.add(group, open, token, firstSlot);
        return token;
    }

    /// What becomes of the sign of a literal.
    private enum Sign {
        /// If there is one it is part of the shape.
        APART,
        PLUS,
        MINUS
    }

    private static Sign sign(Tokens tokens, int token, boolean isSigned, int rowDepth) {
        if (isSigned) {
            return tokens.kind(token) == TokenKind.MINUS ? Sign.MINUS : Sign.PLUS;
        }
        return isColumn(tokens, token, token, rowDepth) ? Sign.PLUS : Sign.APART;
    }

    /// Whether a sign and a number are all that a column of a row is.
    private boolean isSigned(Tokens tokens, int token, int rowDepth) {
        TokenKind kind = tokens.kind(token);
        return (kind == TokenKind.MINUS || kind == TokenKind.PLUS)
                && token + 2 < end
                && tokens.kind(token + 1).isNumber()
                && clauses.isLifted(tokens, token + 1)
                && isColumn(tokens, token, token + 1, rowDepth);
    }

    /// Whether the tokens from one to another are all that a column of a row is.
    private static boolean isColumn(Tokens tokens, int first, int last, int rowDepth) {
        TokenKind before = tokens.kind(first - 1);
        TokenKind after = tokens.kind(last + 1);
        return tokens.depth(first) == rowDepth + 1
                && (before == TokenKind.OPEN || before == TokenKind.COMMA)
                && (after == TokenKind.CLOSE || after == TokenKind.COMMA);
    }

    private static boolean isKinds(Tokens tokens, int token, TokenKind one, TokenKind next) {
        return tokens.kind(token) == one && tokens.kind(token + 1) == next;
    }

    private void literal(Tokens tokens, int token, int group, Sign sign) {
        if (clauses.isLifted(tokens, token)) {
            mark(LITERAL, mark(tokens, token));
            shape.slots.add(token, group, sign == Sign.MINUS ? 1 : 0, sign == Sign.APART ? 0 : 1);
        } else {
            append(tokens.text(), tokens.start(token), tokens.end(token));
            append((byte) ' ');
        }
    }

    private void plain(Tokens tokens, int token) {
        clauses.pass(tokens, token, first);
        if (tokens.kind(token) == TokenKind.OTHER) {
            append(OTHER);
        }
        if (tokens.kind(token) == TokenKind.WORD) {
            appendFolded(tokens.text(), tokens.start(token), tokens.end(token));
        } else {
            append(tokens.text(), tokens.start(token), tokens.end(token));
        }
        append((byte) ' ');
    }

    private static boolean isLiteral(TokenKind kind) {
        return kind.isString() || kind.isNumber() || kind == TokenKind.BIT_STRING || kind == TokenKind.HEX_STRING;
    }

    /// The letter for what PostgreSQL takes a literal's type to be.
    private static byte mark(Tokens tokens, int token) {
        return switch (tokens.kind(token)) {
            case INTEGER -> IntegerWidth.mark(tokens.text(), tokens.start(token), tokens.end(token));
            case NUMERIC -> IntegerWidth.NUMERIC;
            case BIT_STRING -> 'b';
            case HEX_STRING -> 'x';
            default -> 's';
        };
    }

    private void mark(byte mark, byte letter) {
        append(mark);
        append(letter);
        append((byte) ' ');
    }

    private void append(byte character) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = character;
    }

    private void append(byte[] text, int from, int to) {
        makeRoom(to - from);
        System.arraycopy(text, from, bytes, length, to - from);
        length += to - from;
    }

    private void appendFolded(byte[] text, int from, int to) {
        makeRoom(to - from);
        int at = length;
        for (int i = from; i < to; i++) {
            byte character = text[i];
            bytes[at++] = character >= 'A' && character <= 'Z' ? (byte) (character | 0x20) : character;
        }
        length = at;
    }

    private void makeRoom(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
