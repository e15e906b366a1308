package dev.pgbraid.router;

import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.session.SessionStatement;

/// Tells which statements may change what the catalog says.
final class CatalogChange {
    private CatalogChange() {}

    /// Functions that are called by a query are not counted: what they define is found out in time.
    static boolean isPossible(Tokens tokens, int statement, SessionStatement session) {
        int first = tokens.firstToken(statement);
        int end = tokens.tokensEnd(statement);
        return session instanceof SessionStatement.Explain explain
                ? explain.analyzes() && isPossible(tokens, explain.statementToken(), end)
                : isPossible(tokens, first, end);
    }

    private static boolean isPossible(Tokens tokens, int first, int end) {
        return switch (tokens.keyword(first)) {
            case "create", "alter", "drop", "comment", "import", "grant", "revoke", "reassign", "do", "call" -> true;
            case "select", "with" -> makesTable(tokens, first, end);
            default -> false;
        };
    }

    /// `SELECT … INTO t`; the INTO of other statements comes after a word that says so.
    private static boolean makesTable(Tokens tokens, int first, int end) {
        for (int token = first + 1; token < end; token++) {
            if (tokens.keyword(token).equals("into")) {
                String before = tokens.keyword(token - 1);
                return !before.equals("insert") && !before.equals("merge");
            }
        }
        return false;
    }
}
