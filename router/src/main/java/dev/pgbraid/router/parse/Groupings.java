package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Grouping;
import java.util.List;

/// Reads the elements of `GROUP BY`.
final class Groupings {
    private Groupings() {}

    static Grouping read(Cursor in) {
        int first = in.position();
        if (in.accept("grouping", "sets")) {
            List<Grouping> elements = in.nested(() -> in.inside(() -> in.list(() -> read(in))));
            return new Grouping.Sets(in.spanFrom(first), elements);
        }
        if (in.kind() == TokenKind.OPEN && in.kind(1) == TokenKind.CLOSE) {
            in.inside(List::of);
            return new Grouping.Empty(in.spanFrom(first));
        }
        boolean rollup = in.isNext("rollup", TokenKind.OPEN);
        if (rollup || in.isNext("cube", TokenKind.OPEN)) {
            in.step();
            List<Expression> expressions = in.inside(() -> Expressions.readList(in));
            return rollup
                    ? new Grouping.Rollup(in.spanFrom(first), expressions)
                    : new Grouping.Cube(in.spanFrom(first), expressions);
        }
        Expression expression = Expressions.read(in);
        return new Grouping.By(in.spanFrom(first), expression);
    }
}
