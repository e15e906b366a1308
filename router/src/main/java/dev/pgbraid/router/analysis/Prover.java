package dev.pgbraid.router.analysis;

import dev.pgbraid.router.analysis.Placement.Local;
import dev.pgbraid.router.analysis.Placement.Locator;
import dev.pgbraid.router.analysis.Placement.Replicated;
import dev.pgbraid.router.analysis.Placement.Split;
import dev.pgbraid.router.analysis.Placement.Unknown;
import dev.pgbraid.router.binding.BoundQuery;
import dev.pgbraid.router.binding.Item;
import dev.pgbraid.router.binding.NamedColumn;
import dev.pgbraid.router.binding.Operand;
import dev.pgbraid.router.binding.Variable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Proves how the rows of queries are placed, and notes for every sharded table which rows of it matter.
///
/// There are two ways to be right. When all rows that matter are on one shard, that shard gives the answer, whatever
/// the query does with them: that is what the pins are for. When not, the query must be such that each shard computes
/// its part of the answer from its own rows: that is what a placement says.
final class Prover {
    private final Exports exports = new Exports();
    private final Set<Pin> pins = new LinkedHashSet<>();

    /// What is known of the rows of each sharded table, at each place where it stands.
    List<Pin> pins() {
        return List.copyOf(pins);
    }

    Exports exports() {
        return exports;
    }

    void note(Pin pin) {
        pins.add(pin);
    }

    /// @param facts what is true around the query, and of its outputs as far as that concerns the rows inside
    /// @param anchors what tells where the row around the query is
    Placement query(BoundQuery query, Facts facts, List<Locator> anchors) {
        Placement body = switch (query.body()) {
            case BoundQuery.Select select -> select(select, query.outputs(), facts, anchors);
            case BoundQuery.SetOperation operation -> setOperation(operation, query.outputs(), facts, anchors);
            case BoundQuery.Values values -> withSubqueries(new Replicated(true), values.subqueries(), facts, anchors);
        };
        Placement whole = withSubqueries(body, query.subqueries(), facts, anchors);
        return switch (whole) {
            case Split _ when query.limited() -> new Unknown("LIMIT or OFFSET counts rows of several shards");
            case Split _ when query.locking() -> new Unknown("FOR UPDATE or FOR SHARE locks rows of several shards");
            case Replicated _ when query.limited() -> new Replicated(false);
            default -> whole;
        };
    }

    /// The facts that hold inside of a query with `WHERE`, the conditions of inner joins included.
    Facts inside(BoundQuery.Select select, Facts outer) {
        Facts facts = outer.inside();
        exports.addTo(facts, select);
        return facts;
    }

    private Placement select(BoundQuery.Select select, List<NamedColumn> outputs, Facts outer, List<Locator> anchors) {
        Facts facts = inside(select, outer);
        Placement from = from(Reduction.reduce(select.from(), select.where()), facts, anchors);
        for (Item.Derived semijoin : select.semijoins()) {
            List<Locator> around = anchorsInside(from, anchors);
            from = withSubquery(from, query(semijoin.query(), Links.into(semijoin, facts), around));
        }
        Placement found = withSubqueries(from, select.subqueries(), facts, anchors);
        return new Shaping(facts).shape(select, outputs, found);
    }

    private Placement from(List<Item> items, Facts facts, List<Locator> anchors) {
        Placement joined = new Replicated(true);
        for (Item item : items) {
            joined = inner(joined, item, facts, anchors);
        }
        return joined;
    }

    private Placement item(Item item, Facts facts, List<Locator> anchors) {
        return switch (item) {
            case Item.Table table -> new TablePlacement(this).of(table, facts, anchors);
            case Item.Derived derived ->
                Links.outOf(derived, query(derived.query(), Links.into(derived, facts), anchors));
            case Item.Recursive recursive -> recursive(recursive, facts, anchors);
            case Item.Rows rows -> withSubqueries(new Replicated(true), rows.subqueries(), facts, anchors);
            case Item.Join join -> join(join, facts, anchors);
        };
    }

    private Placement join(Item.Join join, Facts facts, List<Locator> anchors) {
        Placement joined = switch (join.type()) {
            case INNER -> inner(item(join.left(), facts, anchors), join.right(), facts, anchors);
            case LEFT -> left(join, facts, anchors);
            case FULL -> full(join, facts, anchors);
        };
        Facts matching = facts.inside();
        matching.addAll(join.on());
        return withSubqueries(joined, join.subqueries(), matching, anchors);
    }

    /// Joins what is placed already with one more item, which can look at it.
    private Placement inner(Placement left, Item item, Facts facts, List<Locator> anchors) {
        Placement right = item(item, facts, anchorsFor(item, left, anchors));
        if (left instanceof Split split && right instanceof Local && anchors.isEmpty()) {
            return split;
        }
        return JoinPlacement.inner(left, right, facts);
    }

    private Placement left(Item.Join join, Facts facts, List<Locator> anchors) {
        Placement left = item(join.left(), facts, anchors);
        Facts matching = facts.inside();
        matching.addAll(join.on());
        exports.addTo(matching, join.right());
        Placement right = item(join.right(), matching, anchorsFor(join.right(), left, anchors));
        if (left instanceof Split split && right instanceof Local && anchors.isEmpty()) {
            return split;
        }
        return JoinPlacement.left(left, right, matching);
    }

    /// Rows of either side are kept, so what matches them says nothing of them but through merged columns.
    private Placement full(Item.Join join, Facts facts, List<Locator> anchors) {
        Facts ofLeft = facts.inside();
        Facts ofRight = facts.inside();
        for (Item.Merged merged : join.merged()) {
            ofLeft.equate(merged.column(), merged.left());
            ofRight.equate(merged.column(), merged.right());
        }
        Placement left = item(join.left(), ofLeft, anchors);
        Placement right = item(join.right(), ofRight, anchors);
        Facts matching = facts.inside();
        matching.addAll(join.on());
        return JoinPlacement.full(left, right, join, matching);
    }

    /// `LATERAL` can look at the rows before it, and then these tell where it is.
    private static List<Locator> anchorsFor(Item item, Placement left, List<Locator> anchors) {
        boolean isLateral = item instanceof Item.Derived derived && derived.lateral();
        return isLateral ? anchorsInside(left, anchors) : anchors;
    }

    /// What tells queries inside of a row where that row is.
    private static List<Locator> anchorsInside(Placement row, List<Locator> anchors) {
        return row instanceof Split(List<Locator> locators, Coverage _) ? locators : anchors;
    }

    private Placement withSubqueries(Placement row, List<BoundQuery> subqueries, Facts facts, List<Locator> anchors) {
        Placement placement = row;
        for (BoundQuery subquery : subqueries) {
            placement = withSubquery(placement, query(subquery, facts.inside(), anchorsInside(row, anchors)));
        }
        return placement;
    }

    /// A row with the value of a query inside of it.
    private static Placement withSubquery(Placement row, Placement subquery) {
        if (row instanceof Unknown) {
            return row;
        }
        return switch (subquery) {
            case Replicated(boolean exact) ->
                switch (row) {
                    case Replicated(boolean isExact) -> new Replicated(exact && isExact);
                    case Split _
                    when !exact ->
                        new Unknown("a subquery over reference tables may give another result on each shard");
                    case Split _, Local _, Unknown _ -> row;
                };
            case Local _ -> row instanceof Split ? row : new Local();
            case Split _ -> new Unknown("a subquery reads rows of several shards for one value or condition");
            case Unknown _ -> subquery;
        };
    }

    /// Each step of a recursion is a query over the rows of the one before.
    private Placement recursive(Item.Recursive recursive, Facts facts, List<Locator> anchors) {
        Placement start = query(recursive.start(), facts.inside(), anchors);
        Facts working = facts.inside();
        exports.invariants(recursive)
                .forEach(column -> working.addAll(exports.values(recursive, column, recursive.working())));
        Placement step = query(recursive.step(), working, anchors);
        if (start instanceof Replicated(boolean one) && step instanceof Replicated(boolean other)) {
            return new Replicated(one && other);
        }
        boolean isLocal = (start instanceof Local || start instanceof Replicated)
                && (step instanceof Local || step instanceof Replicated);
        return isLocal ? new Local() : new Unknown("a recursive query reads rows of several shards");
    }

    private Placement setOperation(
            BoundQuery.SetOperation operation, List<NamedColumn> outputs, Facts facts, List<Locator> anchors) {
        Placement left = query(operation.left(), Links.into(operation.left(), outputs, facts), anchors);
        Placement right = query(operation.right(), Links.into(operation.right(), outputs, facts), anchors);
        return SetPlacement.of(
                operation,
                Links.outOf(operation.left().outputs(), outputs, left),
                Links.outOf(operation.right().outputs(), outputs, right));
    }

    /// The column of an operand, if it is one.
    static Optional<Variable> variable(Operand operand) {
        return operand instanceof Operand.Of(Variable variable) ? Optional.of(variable) : Optional.empty();
    }

    /// Those locators whose whole key is among some operands.
    static List<Locator> covered(List<Locator> locators, List<Operand> operands, Facts facts) {
        List<Locator> covered = new ArrayList<>();
        for (Locator locator : locators) {
            boolean isCovered = locator.key().stream()
                    .allMatch(key -> operands.stream()
                            .anyMatch(operand -> variable(operand)
                                    .filter(variable -> facts.areEqual(key, variable))
                                    .isPresent()));
            if (isCovered) {
                covered.add(locator);
            }
        }
        return covered;
    }
}
