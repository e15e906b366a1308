package dev.pgbraid.router;

import dev.pgbraid.router.plan.Route;
import java.util.List;

/// The statements of one text, in their order. A text of blanks and comments has none.
///
/// A text that PostgreSQL's scanner refuses is one statement, which runs where PostgreSQL says what is wrong with it.
public record Routes(List<RoutedStatement> statements) {
    private static final int STATEMENT_BYTES = 256;

    public Routes {
        statements = List.copyOf(statements);
    }

    static Routes of(RoutedStatement statement) {
        return new Routes(List.of(statement));
    }

    public int count() {
        return statements.size();
    }

    public Route route(int statement) {
        return statements.get(statement).route();
    }

    /// About how much memory they take.
    int bytes() {
        return statements.size() * STATEMENT_BYTES;
    }
}
