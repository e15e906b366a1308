package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import java.util.ArrayList;
import java.util.List;

/// Reads names that may have a schema before them.
final class Names {
    private Names() {}

    /// A name of anything but a function (`any_name` in the grammar).
    static List<String> any(Cursor in) {
        List<String> parts = new ArrayList<>(List.of(in.columnName()));
        while (in.accept(TokenKind.DOT)) {
            parts.add(in.label());
        }
        return parts;
    }
}
