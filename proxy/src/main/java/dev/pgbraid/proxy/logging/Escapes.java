package dev.pgbraid.proxy.logging;

import java.util.Locale;

/// Writes text that came from anywhere so that it can neither end a line nor a quotation.
final class Escapes {
    private Escapes() {}

    /// Appends `text` between quotation marks, as in JSON.
    static void quote(StringBuilder out, String text) {
        out.append('"');
        escape(out, text, true);
        out.append('"');
    }

    /// Appends `text` with its control characters escaped.
    static void plain(StringBuilder out, String text) {
        escape(out, text, false);
    }

    private static void escape(StringBuilder out, String text, boolean quoted) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (quoted && (character == '"' || character == '\\')) {
                out.append('\\').append(character);
            } else if (Character.isISOControl(character) || character == '\u2028' || character == '\u2029') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                out.append(character);
            }
        }
    }
}
