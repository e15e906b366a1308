package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Statement;
import dev.pgbraid.router.tree.With;
import dev.pgbraid.router.tree.With.CommonTable;
import dev.pgbraid.router.tree.With.Materialization;
import java.util.List;
import java.util.Optional;

/// Reads `WITH`.
final class Withs {
    private Withs() {}

    /// Reads the clause if it is next.
    static Optional<With> read(Cursor in) {
        int first = in.position();
        if (!in.accept("with")) {
            return Optional.empty();
        }
        boolean isName = in.keyword(1).equals("as") || in.kind(1) == TokenKind.OPEN;
        boolean recursive = !isName && in.accept("recursive");
        List<CommonTable> tables = in.list(() -> table(in));
        return Optional.of(new With(in.spanFrom(first), recursive, tables));
    }

    private static CommonTable table(Cursor in) {
        int first = in.position();
        String name = in.columnName();
        List<String> columns = in.kind() == TokenKind.OPEN ? in.columnNames() : List.of();
        in.expect("as");
        Materialization materialization = materialization(in);
        if (in.kind() != TokenKind.OPEN) {
            throw in.unexpected();
        }
        Statement statement = in.nested(() -> in.inside(() -> Statements.read(in)));
        if (in.isNext("search") || in.isNext("cycle")) {
            throw in.refuse("SEARCH and CYCLE are not known");
        }
        return new CommonTable(in.spanFrom(first), name, columns, materialization, statement);
    }

    private static Materialization materialization(Cursor in) {
        if (in.accept("materialized")) {
            return Materialization.MATERIALIZED;
        }
        return in.accept("not", "materialized") ? Materialization.NOT_MATERIALIZED : Materialization.UNSPECIFIED;
    }
}
