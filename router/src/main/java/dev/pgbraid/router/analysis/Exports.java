package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.BoundQuery;
import dev.pgbraid.router.binding.Item;
import dev.pgbraid.router.binding.NamedColumn;
import dev.pgbraid.router.binding.Operand;
import dev.pgbraid.router.binding.Predicate;
import dev.pgbraid.router.binding.Term;
import dev.pgbraid.router.binding.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// What items say by themselves of the rows that they give.
final class Exports {
    private final IdentityHashMap<Item, List<Predicate>> known = new IdentityHashMap<>();

    /// Everything that is true of each row of a `FROM` with its `WHERE`, without what is around it.
    void addTo(Facts facts, BoundQuery.Select select) {
        facts.addAll(select.where());
        select.semijoins().forEach(semijoin -> facts.addAll(of(semijoin)));
        Reduction.reduce(select.from(), select.where()).forEach(item -> addTo(facts, item));
    }

    /// What is true of each row of an item that is not NULL as a whole.
    void addTo(Facts facts, Item item) {
        switch (item) {
            case Item.Join join -> {
                if (join.type() != Item.Type.FULL) {
                    addTo(facts, join.left());
                }
                if (join.type() == Item.Type.INNER) {
                    facts.addAll(join.on());
                    addTo(facts, join.right());
                }
            }
            case Item.Derived derived -> facts.addAll(of(derived));
            case Item.Recursive recursive -> facts.addAll(of(recursive));
            case Item.Table _, Item.Rows _ -> {}
        }
    }

    private List<Predicate> of(Item.Derived derived) {
        List<Predicate> found = known.get(derived);
        if (found == null) {
            found = of(derived.query(), derived.columns());
            known.put(derived, found);
        }
        return found;
    }

    private List<Predicate> of(Item.Recursive recursive) {
        List<Predicate> found = known.get(recursive);
        if (found == null) {
            List<Predicate> predicates = new ArrayList<>();
            for (int column : invariants(recursive)) {
                predicates.addAll(values(recursive, column, recursive.columns()));
            }
            found = predicates;
            known.put(recursive, found);
        }
        return found;
    }

    private List<Predicate> of(BoundQuery query, List<NamedColumn> columns) {
        Facts inside = new Facts();
        if (query.body() instanceof BoundQuery.Select select) {
            addTo(inside, select);
        }
        List<Predicate> predicates = new ArrayList<>();
        for (int i = 0; i < columns.size() && i < query.outputs().size(); i++) {
            if (columns.get(i).operand() instanceof Operand.Of(Variable column)) {
                predicates.addAll(values(query.outputs().get(i).operand(), column, inside));
                for (int j = 0; j < i; j++) {
                    if (columns.get(j).operand() instanceof Operand.Of(Variable other)
                            && areEqual(query.outputs().get(i), query.outputs().get(j), inside)) {
                        predicates.add(new Predicate.Same(column, other));
                    }
                }
            }
        }
        return List.copyOf(predicates);
    }

    private static boolean areEqual(NamedColumn left, NamedColumn right, Facts facts) {
        return left.operand() instanceof Operand.Of(Variable one)
                && right.operand() instanceof Operand.Of(Variable other)
                && facts.areEqual(one, other);
    }

    private static List<Predicate> values(Operand output, Variable column, Facts inside) {
        return switch (output) {
            case Operand.Of(Variable variable) ->
                inside.values(variable).stream()
                        .<Predicate>map(one -> new Predicate.OneOf(column, one.terms()))
                        .toList();
            case Operand.Constant(Term term) -> List.of(new Predicate.OneOf(column, List.of(term)));
            case Operand.Opaque _ -> List.of();
        };
    }

    /// The columns of a recursive table whose values are among those that the table began with: each step hands them
    /// on, if the rows of the step before have them.
    Set<Integer> invariants(Item.Recursive recursive) {
        Set<Integer> columns = new HashSet<>();
        for (int i = 0; i < recursive.working().size(); i++) {
            if (!values(recursive, i, recursive.working()).isEmpty()) {
                columns.add(i);
            }
        }
        boolean isStable = false;
        while (!isStable) {
            Facts facts = new Facts();
            columns.forEach(column -> facts.addAll(values(recursive, column, recursive.working())));
            if (recursive.step().body() instanceof BoundQuery.Select select) {
                addTo(facts, select);
            }
            isStable = !columns.removeIf(column -> !isKept(recursive, column, facts));
        }
        return columns;
    }

    private boolean isKept(Item.Recursive recursive, int column, Facts facts) {
        if (column >= recursive.step().outputs().size()
                || !(recursive.step().outputs().get(column).operand() instanceof Operand.Of(Variable output))) {
            return false;
        }
        List<List<Term>> handedOn =
                facts.values(output).stream().map(Predicate.OneOf::terms).toList();
        return values(recursive, column, recursive.working()).stream()
                .allMatch(value -> value instanceof Predicate.OneOf one && handedOn.contains(one.terms()));
    }

    /// What the first rows of a recursive table say of a column, told of one of `columns`.
    List<Predicate> values(Item.Recursive recursive, int column, List<NamedColumn> columns) {
        if (column >= recursive.start().outputs().size()
                || !(columns.get(column).operand() instanceof Operand.Of(Variable variable))) {
            return List.of();
        }
        Facts facts = new Facts();
        if (recursive.start().body() instanceof BoundQuery.Select select) {
            addTo(facts, select);
        }
        return values(recursive.start().outputs().get(column).operand(), variable, facts);
    }
}
