package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.Predicate;
import dev.pgbraid.router.binding.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is true of the columns of all rows that contribute to a result, at one place of a statement.
final class Facts {
    /// From a variable to another one that it equals; a variable that is not here stands for its class.
    private final Map<Integer, Integer> same;
    private final List<Predicate.OneOf> values;
    private final List<Predicate.Bounded> bounds;

    Facts() {
        same = new HashMap<>();
        values = new ArrayList<>();
        bounds = new ArrayList<>();
    }

    private Facts(Facts outer) {
        same = new HashMap<>(outer.same);
        values = new ArrayList<>(outer.values);
        bounds = new ArrayList<>(outer.bounds);
    }

    /// The same facts, to which others can be added without adding them here.
    Facts inside() {
        return new Facts(this);
    }

    void add(Predicate predicate) {
        switch (predicate) {
            case Predicate.Same(Variable left, Variable right) -> equate(left, right);
            case Predicate.OneOf one -> values.add(one);
            case Predicate.Bounded bounded -> bounds.add(bounded);
        }
    }

    void addAll(List<Predicate> predicates) {
        predicates.forEach(this::add);
    }

    void equate(Variable left, Variable right) {
        int one = root(left.id());
        int other = root(right.id());
        if (one != other) {
            same.put(one, other);
        }
    }

    boolean areEqual(Variable left, Variable right) {
        return root(left.id()) == root(right.id());
    }

    private int root(int variable) {
        int at = variable;
        Integer next = same.get(at);
        while (next != null) {
            at = next;
            next = same.get(at);
        }
        return at;
    }

    /// What the values of a column are among.
    List<Predicate.OneOf> values(Variable variable) {
        int root = root(variable.id());
        return values.stream().filter(one -> root(one.variable().id()) == root).toList();
    }

    Restriction restriction(Variable variable) {
        int root = root(variable.id());
        List<Restriction.Bound> between = bounds.stream()
                .filter(bound -> root(bound.variable().id()) == root
                        && bound.variable().hasByteOrder()
                        && bound.variable().type() == variable.type())
                .map(bound -> new Restriction.Bound(bound.side(), bound.term()))
                .toList();
        List<Restriction.Choice> choices = values(variable).stream()
                .map(one -> new Restriction.Choice(one.variable().type(), one.terms()))
                .toList();
        return new Restriction(variable.type(), choices, between);
    }
}
