package dev.pgbraid.router;

import dev.pgbraid.router.catalog.SearchPath;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.session.TokenCursor;
import dev.pgbraid.router.utility.Utility;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The `INTO` of a `SELECT`, which makes a table of its rows.
final class QueryInto {
    private static final int NONE = -1;

    private QueryInto() {}

    /// The table that the only statement of a text, a query, makes, if it makes one.
    static Optional<Utility.Derived> find(Tokens tokens) {
        int first = tokens.firstToken(0);
        int end = tokens.tokensEnd(0);
        int into = position(tokens, first, end);
        if (into == NONE) {
            return Optional.empty();
        }
        List<String> name = name(new TokenCursor(tokens, into + 1, end));
        return Optional.of(new Utility.Derived(Utility.Derived.Kind.TABLE, "SELECT INTO", name, first, end));
    }

    /// The text of the statement without the clause.
    static byte[] without(Tokens tokens) {
        int into = position(tokens, tokens.firstToken(0), tokens.tokensEnd(0));
        TokenCursor cursor = new TokenCursor(tokens, into + 1, tokens.tokensEnd(0));
        name(cursor);
        byte[] text = tokens.text().clone();
        Arrays.fill(text, tokens.start(into), tokens.end(cursor.position() - 1), (byte) ' ');
        return text;
    }

    private static List<String> name(TokenCursor cursor) {
        cursor.acceptAny(List.of("local", "global"));
        boolean isTemporary = cursor.acceptAny(List.of("temp", "temporary"));
        cursor.accept("unlogged");
        cursor.accept("table");
        List<String> name = cursor.qualifiedName();
        return isTemporary ? List.of(SearchPath.TEMPORARY, name.getLast()) : name;
    }

    /// Where the word stands. The `INTO` of other statements comes after a word that says so.
    private static int position(Tokens tokens, int first, int end) {
        for (int token = first + 1; token < end; token++) {
            String before = tokens.keyword(token).equals("into") ? tokens.keyword(token - 1) : "insert";
            if (!before.equals("insert") && !before.equals("merge")) {
                return token;
            }
        }
        return NONE;
    }
}
