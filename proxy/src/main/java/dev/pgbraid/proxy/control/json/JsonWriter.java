package dev.pgbraid.proxy.control.json;

import java.util.Locale;
import java.util.Map;

/// Writes JSON.
final class JsonWriter {
    private JsonWriter() {}

    static void write(StringBuilder out, Json value) {
        switch (value) {
            case Json.Text(String text) -> quote(out, text);
            case Json.Whole(long number) -> out.append(number);
            case Json.Flag(boolean flag) -> out.append(flag);
            case Json.Null _ -> out.append("null");
            case Json.Array array -> write(out, array);
            case Json.Members members -> write(out, members);
        }
    }

    private static void write(StringBuilder out, Json.Array array) {
        String separator = "[";
        for (Json element : array.elements()) {
            out.append(separator);
            write(out, element);
            separator = ", ";
        }
        out.append(array.elements().isEmpty() ? "[]" : "]");
    }

    private static void write(StringBuilder out, Json.Members members) {
        String separator = "{";
        for (Map.Entry<String, Json> member : members.members().entrySet()) {
            out.append(separator);
            quote(out, member.getKey());
            out.append(": ");
            write(out, member.getValue());
            separator = ", ";
        }
        out.append(members.members().isEmpty() ? "{}" : "}");
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                out.append('\\').append(character);
            } else if (character < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                out.append(character);
            }
        }
        out.append('"');
    }
}
