package dev.pgbraid.proxy.control.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Reads JSON.
final class JsonReader {
    private static final int DEPTH_MAX = 64;
    private static final int HEX_DIGITS = 4;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    Json whole() {
        Json value = value();
        if (peek() != '\0' || at < text.length()) {
            throw unexpected();
        }
        return value;
    }

    private Json value() {
        char first = peek();
        return switch (first) {
            case '{' -> members();
            case '[' -> array();
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Flag(true));
            case 'f' -> word("false", new Json.Flag(false));
            case 'n' -> word("null", new Json.Null());
            default -> number();
        };
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private Json number() {
        int start = at;
        while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return new Json.Whole(Long.parseLong(text, start, at, 10));
        } catch (NumberFormatException none) {
            at = start;
            throw unexpected();
        }
    }

    private Json array() {
        List<Json> elements = new ArrayList<>();
        begin();
        if (peek() != ']') {
            elements.add(value());
            while (isNext(',')) {
                elements.add(value());
            }
        }
        end(']');
        return new Json.Array(elements);
    }

    private Json members() {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        begin();
        if (peek() != '}') {
            member(members);
            while (isNext(',')) {
                member(members);
            }
        }
        end('}');
        return new Json.Members(members);
    }

    private void member(SequencedMap<String, Json> members) {
        if (peek() != '"') {
            throw unexpected();
        }
        String name = string();
        if (!isNext(':')) {
            throw unexpected();
        }
        members.put(name, value());
    }

    private void begin() {
        at++;
        if (++depth > DEPTH_MAX) {
            throw new JsonException("deeper than " + DEPTH_MAX + " levels at character " + at);
        }
    }

    private void end(char bracket) {
        if (!isNext(bracket)) {
            throw unexpected();
        }
        depth--;
    }

    private boolean isNext(char wanted) {
        boolean isThere = peek() == wanted;
        at += isThere ? 1 : 0;
        return isThere;
    }

    /// The next character that is no blank, where the reader stands then; 0 at the end.
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char character = text.charAt(at++);
            string.append(character == '\\' ? escaped() : character);
        }
        if (at >= text.length()) {
            throw unexpected();
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        if (at >= text.length()) {
            throw unexpected();
        }
        char character = text.charAt(at++);
        return switch (character) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '"', '\\', '/' -> character;
            case 'u' -> hexadecimal();
            default -> throw unexpected();
        };
    }

    private char hexadecimal() {
        try {
            char character = (char) Integer.parseUnsignedInt(text, at, at + HEX_DIGITS, 16);
            at += HEX_DIGITS;
            return character;
        } catch (NumberFormatException | IndexOutOfBoundsException none) {
            throw unexpected();
        }
    }

    private JsonException unexpected() {
        return new JsonException(
                at < text.length()
                        ? "no JSON at character " + (at + 1) + ": " + text.charAt(at)
                        : "the text ends in the middle of a value");
    }
}
