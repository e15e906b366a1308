package dev.pgbraid.router.parse;

import dev.pgbraid.router.parse.Skeleton.Kind;
import dev.pgbraid.router.parse.Skeleton.Slot;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.PlainSelect;

/// Reads what stands in `FROM`, and binds the joins: each condition belongs to the last join that has none yet.
final class Joins {
    private final Cursor in;
    private final Slots slots;
    private final List<FromItem> items = new ArrayList<>();
    private final Deque<Operand> operands = new ArrayDeque<>();
    /// Joins that wait for their conditions.
    private final Deque<Join> waiting = new ArrayDeque<>();

    /// What is joined or combined.
    ///
    /// @param span with the parentheses around it
    private record Operand(FromItem item, Span span) {}

    private record Condition(Optional<Expression> on, List<String> using, Optional<String> usingAlias) {
        static final Condition NONE = new Condition(Optional.empty(), List.of(), Optional.empty());
    }

    private Joins(Cursor in, Slots slots) {
        this.in = in;
        this.slots = slots;
    }

    /// Reads the items of a query.
    static List<FromItem> read(Cursor in, Slots slots, PlainSelect select) {
        return select.getFromItem() == null ? List.of() : new Joins(in, slots).items(select);
    }

    /// Takes all tokens to the end, which follow the word `FROM`, or what stands in its place.
    static List<FromItem> read(Cursor in) {
        return SkeletonReader.readFrom(in, SkeletonWriter.ofFrom(in));
    }

    /// Takes all tokens to the end, which follow the words `MERGE INTO`.
    static FromItem.Join readMerge(Cursor in) {
        List<FromItem> items = SkeletonReader.readFrom(in, SkeletonWriter.ofMerge(in));
        if (items.size() != 1 || !(items.getFirst() instanceof FromItem.Join join)) {
            throw in.refuse("a MERGE has more than one source");
        }
        return join;
    }

    private List<FromItem> items(PlainSelect select) {
        operands.push(operand(select.getFromItem()));
        if (select.getJoins() != null) {
            select.getJoins().forEach(this::join);
        }
        finishItem();
        return items;
    }

    private Operand operand(net.sf.jsqlparser.statement.select.FromItem item) {
        Slot slot = slots.take(item);
        return new Operand(slots.read(slot, () -> Relations.read(in)), slot.span());
    }

    private void join(Join join) {
        if (join.isSimple()) {
            finishItem();
            operands.push(operand(join.getFromItem()));
            return;
        }
        operands.push(operand(join.getFromItem()));
        if (join.isCross() || join.isNatural()) {
            int end = operands.getFirst().span().end();
            combine(join, Condition.NONE, end);
        } else {
            waiting.push(join);
        }
        for (net.sf.jsqlparser.expression.Expression expression : join.getOnExpressions()) {
            condition(slots.take(expression));
        }
    }

    private void condition(Slot slot) {
        if (waiting.isEmpty()) {
            throw in.refuse("there are more conditions than joins");
        }
        Condition condition = slots.read(
                slot,
                () -> slot.kind() == Kind.USING
                        ? using()
                        : new Condition(Optional.of(Expressions.read(in)), List.of(), Optional.empty()));
        combine(waiting.pop(), condition, slot.span().end());
    }

    private Condition using() {
        in.expect("using");
        List<String> columns = in.columnNames();
        Optional<String> alias = in.accept("as") ? Optional.of(in.columnName()) : Optional.empty();
        return new Condition(Optional.empty(), columns, alias);
    }

    private void combine(Join join, Condition condition, int end) {
        Operand right = operands.pop();
        Operand left = operands.pop();
        Span span = new Span(left.span().first(), end);
        FromItem item = new FromItem.Join(
                span,
                type(join),
                join.isNatural(),
                left.item(),
                right.item(),
                condition.on(),
                condition.using(),
                condition.usingAlias(),
                Optional.empty());
        operands.push(new Operand(item, span));
    }

    private FromItem.Type type(Join join) {
        if (join.isLeft()) {
            return FromItem.Type.LEFT;
        }
        if (join.isRight()) {
            return FromItem.Type.RIGHT;
        }
        if (join.isFull()) {
            return FromItem.Type.FULL;
        }
        if (join.isOuter()) {
            throw in.refuse("a join is OUTER without a side");
        }
        return FromItem.Type.INNER;
    }

    private void finishItem() {
        if (!waiting.isEmpty()) {
            throw in.refuse("a join has no condition");
        }
        items.add(operands.pop().item());
    }
}
