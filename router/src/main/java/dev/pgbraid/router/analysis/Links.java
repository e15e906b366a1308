package dev.pgbraid.router.analysis;

import dev.pgbraid.router.analysis.Placement.Locator;
import dev.pgbraid.router.analysis.Placement.Split;
import dev.pgbraid.router.binding.BoundQuery;
import dev.pgbraid.router.binding.BoundQuery.Grouping;
import dev.pgbraid.router.binding.Item;
import dev.pgbraid.router.binding.NamedColumn;
import dev.pgbraid.router.binding.Operand;
import dev.pgbraid.router.binding.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes what is known through the border of a query, in both directions.
final class Links {
    private Links() {}

    /// What is true inside of an item when these facts are true of its columns.
    static Facts into(Item.Derived derived, Facts facts) {
        return into(derived.query(), derived.columns(), facts);
    }

    /// @param columns the columns of the query as they are called outside
    static Facts into(BoundQuery query, List<NamedColumn> columns, Facts facts) {
        Facts inside = facts.inside();
        for (int i = 0; i < columns.size() && i < query.outputs().size(); i++) {
            if (columns.get(i).operand() instanceof Operand.Of(Variable outer)
                    && query.outputs().get(i).operand() instanceof Operand.Of(Variable inner)
                    && canBeFiltered(query, inner)) {
                inside.equate(outer, inner);
            }
        }
        return inside;
    }

    /// Whether it makes no difference if rows with another value of a column are left out inside of a query or
    /// outside of it.
    private static boolean canBeFiltered(BoundQuery query, Variable column) {
        if (query.limited() || query.locking() || query.hasVolatile()) {
            return false;
        }
        return switch (query.body()) {
            case BoundQuery.Select select -> canBeFiltered(select, column);
            case BoundQuery.SetOperation _ -> true;
            case BoundQuery.Values _ -> false;
        };
    }

    private static boolean canBeFiltered(BoundQuery.Select select, Variable column) {
        Grouping grouping = select.grouping();
        boolean isGrouped = switch (grouping.kind()) {
            case NONE -> true;
            case KEYS -> has(grouping.by(), column);
            case WHOLE, SETS -> false;
        };
        return isGrouped
                && select.windows().stream().allMatch(partition -> has(partition, column))
                && select.distinct().map(distinct -> has(distinct, column)).orElse(true);
    }

    private static boolean has(List<Operand> operands, Variable column) {
        return operands.contains(new Operand.Of(column));
    }

    /// A placement inside of an item, told by the columns that it has outside.
    static Placement outOf(Item.Derived derived, Placement placement) {
        return outOf(derived.query().outputs(), derived.columns(), placement);
    }

    static Placement outOf(List<NamedColumn> outputs, List<NamedColumn> columns, Placement placement) {
        if (!(placement instanceof Split(List<Locator> locators, Coverage coverage))) {
            return placement;
        }
        List<Locator> outside = new ArrayList<>();
        for (Locator locator : locators) {
            List<Variable> key = new ArrayList<>();
            for (Variable inner : locator.key()) {
                column(outputs, columns, inner).ifPresent(key::add);
            }
            if (key.size() == locator.key().size()) {
                outside.add(new Locator(locator.group(), key));
            }
        }
        return new Split(outside, coverage);
    }

    private static Optional<Variable> column(List<NamedColumn> outputs, List<NamedColumn> columns, Variable inner) {
        for (int i = 0; i < outputs.size() && i < columns.size(); i++) {
            if (outputs.get(i).operand().equals(new Operand.Of(inner))
                    && columns.get(i).operand() instanceof Operand.Of(Variable outer)) {
                return Optional.of(outer);
            }
        }
        return Optional.empty();
    }
}
