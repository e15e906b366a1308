package dev.pgbraid.router.key;

import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import java.nio.charset.StandardCharsets;

/// The text of a value and a place in it, which the readers of the types move on.
final class KeyText {
    /// What stands for the end: no text that PostgreSQL takes holds a zero byte.
    static final int END = 0;

    private final KeyType type;
    private final byte[] bytes;
    private final int from;
    private final int to;
    private int at;

    KeyText(KeyType type, byte[] bytes, int from, int to) {
        this.type = type;
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.at = from;
    }

    KeyType type() {
        return type;
    }

    /// The character here, or `END`.
    int peek() {
        return peek(0);
    }

    /// The character `ahead` of here, or `END`.
    int peek(int ahead) {
        return at + ahead < to ? bytes[at + ahead] & 0xFF : END;
    }

    void skip(int count) {
        at += count;
    }

    boolean skipIf(char wanted) {
        boolean isHere = peek() == wanted;
        if (isHere) {
            at++;
        }
        return isHere;
    }

    /// The value of the decimal digit here, which is passed; -1 when there is none.
    int digit() {
        int digit = peek() - '0';
        if (digit < 0 || digit > 9) {
            return -1;
        }
        at++;
        return digit;
    }

    /// What `isspace` of C says of ASCII.
    void skipBlanks() {
        while (isBlank(peek())) {
            at++;
        }
    }

    private static boolean isBlank(int character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    boolean isAtEnd() {
        return at >= to;
    }

    /// Whether nothing but blanks is left.
    boolean isBlankToTheEnd() {
        skipBlanks();
        return isAtEnd();
    }

    int length() {
        return to - at;
    }

    /// Whether `word`, in lower case, stands here in any case and ends the text; if so it is passed.
    boolean skipLastWord(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (lower(peek(i)) != word.charAt(i)) {
                return false;
            }
        }
        int start = at;
        at += word.length();
        if (isBlankToTheEnd()) {
            return true;
        }
        at = start;
        return false;
    }

    static int lower(int character) {
        return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
    }

    /// The value of a hexadecimal digit, or -1.
    static int hexDigit(int character) {
        int digit = character - '0';
        int letter = lower(character) - 'a';
        if (digit >= 0 && digit <= 9) {
            return digit;
        }
        return letter >= 0 && letter < 6 ? letter + 10 : -1;
    }

    /// Whether no byte can be part of a longer character, be invalid in its encoding, or end the text early.
    boolean hasOnlyAscii() {
        for (int i = from; i < to; i++) {
            if (bytes[i] <= 0) {
                return false;
            }
        }
        return true;
    }

    boolean hasZero() {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }

    /// What is left, up to the last of its bytes that is not `padding`.
    Octets octetsWithout(char padding) {
        int end = to;
        while (end > at && bytes[end - 1] == padding) {
            end--;
        }
        return Octets.copyOf(bytes, at, end);
    }

    Octets octets() {
        return Octets.copyOf(bytes, at, to);
    }

    Unprovable notAscii() {
        return new Unprovable("holds characters that no " + type.sqlName() + " has");
    }

    Invalid syntaxError() {
        return new Invalid("22P02", "invalid input syntax for type " + type.sqlName() + ": \"" + this + '"');
    }

    Invalid outOfRange() {
        return new Invalid("22003", "value \"" + this + "\" is out of range for type " + type.sqlName());
    }

    /// All of it.
    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
