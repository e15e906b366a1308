package dev.pgbraid.config.yaml;

/// A place in a text, counted from 1; a column is a Unicode character.
public record Position(int line, int column) {
    public static final Position START = new Position(1, 1);

    /// The place of the character at `index`.
    public static Position in(String text, int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            char character = text.charAt(i);
            boolean endsLine = character == '\n' || (character == '\r' && !text.startsWith("\n", i + 1));
            if (endsLine) {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(line, text.codePointCount(lineStart, index) + 1);
    }
}
