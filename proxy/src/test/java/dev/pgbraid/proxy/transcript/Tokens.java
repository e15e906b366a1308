package dev.pgbraid.proxy.transcript;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.WireValue;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the fields of a message as they are written in a transcript.
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"(?:\\*(\\d+))?" + "|x'([0-9a-fA-F]*)'|([\\[\\]])|([^\\s\\[\\]]+))");

    private final String line;
    private final Matcher matcher;

    Tokens(String line) {
        this.line = line;
        this.matcher = TOKEN.matcher(line);
    }

    /// A name or a number.
    String word() {
        return next(5);
    }

    int number() {
        return Integer.parseInt(word());
    }

    ByteString text() {
        advance();
        if (matcher.group(3) != null) {
            return bytes();
        }
        return ByteString.utf8(string());
    }

    WireValue value() {
        advance();
        if ("NULL".equals(matcher.group(5))) {
            return WireValue.NULL;
        }
        return matcher.group(3) != null ? WireValue.of(bytes()) : WireValue.text(string());
    }

    <T> List<T> list(Supplier<T> element) {
        if (!next(4).equals("[")) {
            throw malformed("a list");
        }
        List<T> elements = new ArrayList<>();
        while (!line.startsWith("]", position())) {
            elements.add(element.get());
        }
        advance();
        return elements;
    }

    void end() {
        if (position() < line.length()) {
            throw malformed("the end");
        }
    }

    /// Where the next token begins.
    private int position() {
        int position = matcher.hasMatch() ? matcher.end() : 0;
        while (position < line.length() && line.charAt(position) == ' ') {
            position++;
        }
        return position;
    }

    private String next(int group) {
        advance();
        String found = matcher.group(group);
        if (found == null) {
            throw malformed("something else than " + matcher.group());
        }
        return found;
    }

    private void advance() {
        int position = position();
        if (!matcher.find(position) || matcher.start() != position) {
            throw malformed("one more field");
        }
    }

    private ByteString bytes() {
        return ByteString.copyOf(HexFormat.of().parseHex(matcher.group(3)));
    }

    private String string() {
        String quoted = matcher.group(1);
        if (quoted == null) {
            throw malformed("a text instead of " + matcher.group());
        }
        int times = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
        return quoted.translateEscapes().repeat(times);
    }

    private IllegalArgumentException malformed(String wanted) {
        return new IllegalArgumentException("in “" + line + "” there should be " + wanted);
    }
}
