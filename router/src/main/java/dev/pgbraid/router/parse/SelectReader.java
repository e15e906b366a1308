package dev.pgbraid.router.parse;

import dev.pgbraid.router.parse.Skeleton.Kind;
import dev.pgbraid.router.parse.Skeleton.Slot;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Grouping;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.QueryBody.Distinct;
import dev.pgbraid.router.tree.SelectItem;
import dev.pgbraid.router.tree.Span;
import dev.pgbraid.router.tree.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.sf.jsqlparser.expression.WindowDefinition;
import net.sf.jsqlparser.statement.select.PlainSelect;
import org.jspecify.annotations.Nullable;

/// Reads the parts of one `SELECT`.
final class SelectReader {
    private final Cursor in;
    private final Slots slots;
    private final PlainSelect select;
    private boolean groupByDistinct;

    SelectReader(Cursor in, Slots slots, PlainSelect select) {
        this.in = in;
        this.slots = slots;
        this.select = select;
    }

    QueryBody.Select read(Span span) {
        Optional<List<Expression>> distinctOn = distinctOn();
        Distinct plainDistinct = select.getDistinct() == null ? Distinct.NONE : Distinct.DISTINCT;
        List<SelectItem> items = items();
        List<FromItem> from = Joins.read(in, slots, select);
        Optional<Expression> where = expression(select.getWhere());
        List<Grouping> groupBy = groupBy();
        Optional<Expression> having = expression(select.getHaving());
        return new QueryBody.Select(
                span,
                distinctOn.isPresent() ? Distinct.DISTINCT_ON : plainDistinct,
                distinctOn.orElse(List.of()),
                items,
                from,
                where,
                groupByDistinct,
                groupBy,
                having,
                windows());
    }

    private Optional<List<Expression>> distinctOn() {
        if (select.getDistinct() == null || select.getDistinct().getOnSelectItems() == null) {
            return Optional.empty();
        }
        Slot slot =
                slots.take(select.getDistinct().getOnSelectItems().getFirst().getExpression());
        return Optional.of(slots.read(slot, () -> in.inside(() -> Expressions.readList(in))));
    }

    private List<SelectItem> items() {
        List<SelectItem> items = new ArrayList<>();
        for (net.sf.jsqlparser.statement.select.SelectItem<?> item : select.getSelectItems()) {
            Slot slot = slots.take(item.getExpression());
            switch (slot.kind()) {
                case NOTHING -> {}
                case ALL_COLUMNS -> {
                    Expression star = new Expression.Star(slot.span(), List.of());
                    items.add(new SelectItem(slot.span(), star, Optional.empty()));
                }
                case ITEM -> items.add(slots.read(slot, () -> SelectItems.read(in)));
                case USING, FETCH, QUERY -> throw in.refuse("a clause stands where a column should be");
            }
        }
        return items;
    }

    private List<Grouping> groupBy() {
        List<Grouping> elements = new ArrayList<>();
        if (select.getGroupBy() != null) {
            for (Object element : select.getGroupBy().getGroupByExpressionList()) {
                Slot slot = slots.take((net.sf.jsqlparser.expression.Expression) element);
                boolean isFirst = elements.isEmpty();
                elements.add(slots.read(slot, () -> grouping(isFirst)));
            }
        }
        return elements;
    }

    private Grouping grouping(boolean isFirst) {
        if (isFirst) {
            groupByDistinct = in.accept("distinct");
            if (!groupByDistinct) {
                in.accept("all");
            }
        }
        return Groupings.read(in);
    }

    private List<Window.Definition> windows() {
        List<Window.Definition> windows = new ArrayList<>();
        if (select.getWindowDefinitions() != null) {
            for (WindowDefinition window : select.getWindowDefinitions()) {
                Slot slot = slots.take(window.getWindowName());
                windows.add(slots.read(slot, () -> Windows.readNamed(in)));
            }
        }
        return windows;
    }

    private Optional<Expression> expression(net.sf.jsqlparser.expression.@Nullable Expression name) {
        if (name == null) {
            return Optional.empty();
        }
        Slot slot = slots.take(name);
        if (slot.kind() != Kind.ITEM) {
            throw in.refuse("a clause stands where a condition should be");
        }
        return Optional.of(slots.read(slot, () -> Expressions.read(in)));
    }
}
