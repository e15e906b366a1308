package dev.pgbraid.router.lexer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The values of string literals and the true names behind written ones, in UTF-8.
///
/// Escapes that make bytes rather than characters (`\xff`) are taken as bytes of UTF-8, as a database in UTF-8 does.
final class LiteralDecoder {
    private static final int NAME_BYTES_MAX = 63;

    private byte[] value = new byte[64];
    private int length;
    /// The first half of a character that takes two escapes, or 0.
    private int highSurrogate;
    private boolean hasZeroByte;
    private Optional<LexicalProblem> problem = Optional.empty();

    byte[] value() {
        return value;
    }

    int length() {
        return length;
    }

    String asString() {
        return new String(value, 0, length, StandardCharsets.UTF_8);
    }

    /// Reads a string, a quoted name or a word from a text in UTF-8.
    Optional<LexicalProblem> decode(byte[] text, TokenKind kind, int start, int end, TextRules rules) {
        length = 0;
        highSurrogate = 0;
        hasZeroByte = false;
        problem = Optional.empty();
        switch (kind) {
            case STRING -> plainParts(text, start + 1, end, (byte) '\'');
            case QUOTED_NAME -> plainParts(text, start + 1, end, (byte) '"');
            case ESCAPE_STRING -> escapes(text, text[start] == '\'' ? start + 1 : start + 2, end);
            case UNICODE_STRING, UNICODE_NAME -> unicode(text, start + 2, end, rules);
            case DOLLAR_STRING -> inside(text, start, end);
            default -> word(text, start, end);
        }
        // PostgreSQL looks at the bytes when it has read the whole literal.
        return hasZeroByte && problem.isEmpty() ? Optional.of(LexicalProblem.ZERO_BYTE) : problem;
    }

    /// Cuts a name to the length that PostgreSQL keeps.
    void truncateName() {
        if (length > NAME_BYTES_MAX) {
            length = NAME_BYTES_MAX;
            while ((value[length] & 0xC0) == 0x80) {
                length--;
            }
        }
    }

    private void word(byte[] text, int start, int end) {
        for (int at = start; at < end; at++) {
            append(Characters.fold(text[at]));
        }
    }

    private void inside(byte[] text, int start, int end) {
        int tag = Quotes.tagEnd(text, start, end) - start;
        for (int at = start + tag; at < end - tag; at++) {
            append(text[at]);
        }
    }

    /// Appends what stands in quotes, and gives the byte after the last of them.
    private int plainParts(byte[] text, int from, int end, byte quote) {
        int at = from;
        while (true) {
            if (text[at] != quote) {
                append(text[at++]);
            } else if (at + 1 < end && text[at + 1] == quote) {
                append(quote);
                at += 2;
            } else {
                int next = quote == '\'' ? Quotes.continuation(text, at + 1, end) : Quotes.UNTERMINATED;
                if (next == Quotes.UNTERMINATED) {
                    return at + 1;
                }
                at = next;
            }
        }
    }

    private void escapes(byte[] text, int from, int end) {
        int at = from;
        while (at != Quotes.UNTERMINATED && problem.isEmpty()) {
            byte character = text[at];
            if (highSurrogate != 0 && !isUnicodeEscape(text, at)) {
                fail(LexicalProblem.INVALID_SURROGATES);
            } else if (character == '\\') {
                at = escape(text, at + 1);
            } else if (character != '\'') {
                append(character);
                at++;
            } else if (at + 1 < end && text[at + 1] == '\'') {
                append(character);
                at += 2;
            } else {
                at = Quotes.continuation(text, at + 1, end);
            }
        }
    }

    private static boolean isUnicodeEscape(byte[] text, int at) {
        return text[at] == '\\' && Characters.fold(text[at + 1]) == 'u';
    }

    /// Appends what an escape stands for, and gives the byte after it.
    private int escape(byte[] text, int at) {
        byte letter = text[at];
        return switch (letter) {
            case '0', '1', '2', '3', '4', '5', '6', '7' -> byteEscape(text, at, 8, 3);
            case 'x' -> Characters.digit(text[at + 1]) < 0 ? letter(letter, at) : byteEscape(text, at + 1, 16, 2);
            case 'u' -> unicodeEscape(text, at + 1, 4);
            case 'U' -> unicodeEscape(text, at + 1, 8);
            case 'b' -> letter((byte) '\b', at);
            case 'f' -> letter((byte) '\f', at);
            case 'n' -> letter((byte) '\n', at);
            case 'r' -> letter((byte) '\r', at);
            case 't' -> letter((byte) '\t', at);
            case 'v' -> letter((byte) 0x0B, at);
            default -> letter(letter, at);
        };
    }

    private int letter(byte character, int at) {
        append(character);
        return at + 1;
    }

    private int byteEscape(byte[] text, int from, int base, int digitsMax) {
        int number = 0;
        int at = from;
        for (; at < from + digitsMax; at++) {
            int digit = Characters.digit(text[at]);
            if (digit < 0 || digit >= base) {
                break;
            }
            number = number * base + digit;
        }
        if ((number & 0xFF) == 0) {
            hasZeroByte = true;
        }
        append((byte) number);
        return at;
    }

    private int unicodeEscape(byte[] text, int from, int digits) {
        long number = hex(text, from, from + digits);
        if (number < 0) {
            fail(LexicalProblem.INVALID_ESCAPE);
        } else {
            appendCodePoint(number);
        }
        return from + digits;
    }

    /// The number in all these digits, or -1. A literal always has a quote after them.
    private static long hex(byte[] text, int from, int to) {
        long number = 0;
        for (int at = from; at < to; at++) {
            int digit = at < text.length ? Characters.digit(text[at]) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }

    private void unicode(byte[] text, int start, int end, TextRules rules) {
        byte quote = text[start];
        int closed = plainParts(text, start + 1, end, quote);
        if (closed == end) {
            unescape((byte) '\\');
            return;
        }
        int clause = Quotes.skipBlanks(text, closed, end) + "UESCAPE".length();
        Optional<Byte> escape = escapeCharacter(text, Quotes.skipBlanks(text, clause, end), end, rules);
        escape.ifPresentOrElse(this::unescape, () -> fail(LexicalProblem.INVALID_ESCAPE_CHARACTER));
    }

    private static Optional<Byte> escapeCharacter(byte[] text, int start, int end, TextRules rules) {
        LiteralDecoder literal = new LiteralDecoder();
        TokenKind kind = switch (text[start]) {
            case '$' -> TokenKind.DOLLAR_STRING;
            case '\'' -> rules.standardConformingStrings() ? TokenKind.STRING : TokenKind.ESCAPE_STRING;
            default -> TokenKind.ESCAPE_STRING;
        };
        if (literal.decode(text, kind, start, end, rules).isPresent() || literal.length != 1) {
            return Optional.empty();
        }
        byte character = literal.value[0];
        boolean isTaken = Characters.digit(character) >= 0 || Characters.isSpace(character);
        return isTaken || "+'\"".indexOf(character) >= 0 ? Optional.empty() : Optional.of(character);
    }

    /// Replaces the escapes in the value. What they stand for is never longer than they are.
    private void unescape(byte escape) {
        int rawLength = length;
        length = 0;
        int at = 0;
        while (at < rawLength && problem.isEmpty()) {
            boolean isEscape = value[at] == escape;
            if (isEscape && !isRaw(at + 1, rawLength, escape)) {
                boolean isLong = isRaw(at + 1, rawLength, (byte) '+');
                int digits = isLong ? at + 2 : at + 1;
                at = digits + (isLong ? 6 : 4);
                unescapeDigits(digits, at, rawLength);
            } else if (highSurrogate != 0) {
                fail(LexicalProblem.INVALID_SURROGATES);
            } else {
                append(value[at]);
                at += isEscape ? 2 : 1;
            }
        }
        if (highSurrogate != 0) {
            fail(LexicalProblem.INVALID_SURROGATES);
        }
    }

    private boolean isRaw(int at, int rawLength, byte character) {
        return at < rawLength && value[at] == character;
    }

    private void unescapeDigits(int from, int to, int rawLength) {
        long number = to <= rawLength ? hex(value, from, to) : -1;
        if (number < 0) {
            fail(LexicalProblem.INVALID_UNICODE_ESCAPE);
        } else {
            appendCodePoint(number);
        }
    }

    private void appendCodePoint(long number) {
        boolean isHalf = number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE;
        boolean isLow = isHalf && Character.isLowSurrogate((char) number);
        if (number == 0 || number > Character.MAX_CODE_POINT) {
            fail(LexicalProblem.INVALID_UNICODE_VALUE);
        } else if (isLow != (highSurrogate != 0)) {
            fail(LexicalProblem.INVALID_SURROGATES);
        } else if (isHalf && !isLow) {
            highSurrogate = (int) number;
        } else {
            int codePoint = isLow ? Character.toCodePoint((char) highSurrogate, (char) number) : (int) number;
            highSurrogate = 0;
            for (byte character : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                append(character);
            }
        }
    }

    private void fail(LexicalProblem found) {
        if (problem.isEmpty()) {
            problem = Optional.of(found);
        }
    }

    private void append(byte character) {
        if (length == value.length) {
            value = Arrays.copyOf(value, length * 2);
        }
        value[length++] = character;
    }
}
