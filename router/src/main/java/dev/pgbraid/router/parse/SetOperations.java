package dev.pgbraid.router.parse;

import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.QueryBody.SetOperation;
import dev.pgbraid.router.tree.Span;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.statement.select.ExceptOp;
import net.sf.jsqlparser.statement.select.IntersectOp;
import net.sf.jsqlparser.statement.select.UnionOp;

/// Binds queries that are combined: `INTERSECT` before the others, and all of them from left to right.
final class SetOperations {
    private SetOperations() {}

    /// What is joined or combined.
    ///
    /// @param span with the parentheses around it
    record Operand(Query query, Span span) {}

    static QueryBody combine(List<Operand> operands, List<net.sf.jsqlparser.statement.select.SetOperation> operations) {
        List<Operand> terms = new ArrayList<>(List.of(operands.getFirst()));
        List<net.sf.jsqlparser.statement.select.SetOperation> between = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            Operand right = operands.get(i + 1);
            if (operations.get(i) instanceof IntersectOp intersect) {
                terms.add(combine(terms.removeLast(), intersect, right));
            } else {
                between.add(operations.get(i));
                terms.add(right);
            }
        }
        Operand all = terms.getFirst();
        for (int i = 0; i < between.size(); i++) {
            all = combine(all, between.get(i), terms.get(i + 1));
        }
        return all.query().body();
    }

    private static Operand combine(
            Operand left, net.sf.jsqlparser.statement.select.SetOperation operation, Operand right) {
        Span span = new Span(left.span().first(), right.span().end());
        SetOperation body = new SetOperation(span, operator(operation), operation.isAll(), left.query(), right.query());
        return new Operand(Query.of(body), span);
    }

    private static QueryBody.Operator operator(net.sf.jsqlparser.statement.select.SetOperation operation) {
        return switch (operation) {
            case UnionOp _ -> QueryBody.Operator.UNION;
            case IntersectOp _ -> QueryBody.Operator.INTERSECT;
            case ExceptOp _ -> QueryBody.Operator.EXCEPT;
            default -> throw new UnreadableException("queries are combined in an unknown way");
        };
    }
}
