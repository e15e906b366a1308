package dev.pgbraid.proxy.console;

import java.util.ArrayList;
import java.util.List;

/// Cuts a text into its statements, without comments and the blanks around them.
final class Statements {
    private final String text;
    private final List<String> found = new ArrayList<>();
    private final StringBuilder statement = new StringBuilder();
    private int at;

    private Statements(String text) {
        this.text = text;
    }

    static List<String> split(String text) {
        Statements statements = new Statements(text);
        while (statements.at < text.length()) {
            statements.step();
        }
        statements.end();
        return statements.found;
    }

    private void step() {
        char next = text.charAt(at);
        if (next == ';') {
            end();
            at++;
        } else if (next == '\'' || next == '"') {
            take(ending(String.valueOf(next), at + 1));
        } else if (text.startsWith("--", at)) {
            at = ending("\n", at);
            statement.append(' ');
        } else if (text.startsWith("/*", at)) {
            at = ending("*/", at + 2);
            statement.append(' ');
        } else {
            take(at + 1);
        }
    }

    private void take(int end) {
        statement.append(text, at, end);
        at = end;
    }

    /// Where something that is closed by `mark` ends: with the text, if it is not closed.
    private int ending(String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }

    private void end() {
        String whole = statement.toString().strip();
        if (!whole.isEmpty()) {
            found.add(whole);
        }
        statement.setLength(0);
    }
}
