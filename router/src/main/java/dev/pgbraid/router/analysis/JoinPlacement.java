package dev.pgbraid.router.analysis;

import dev.pgbraid.router.analysis.Placement.Local;
import dev.pgbraid.router.analysis.Placement.Locator;
import dev.pgbraid.router.analysis.Placement.Replicated;
import dev.pgbraid.router.analysis.Placement.Split;
import dev.pgbraid.router.analysis.Placement.Unknown;
import dev.pgbraid.router.binding.Item;
import dev.pgbraid.router.binding.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Places the rows of joins.
final class JoinPlacement {
    private static final Unknown NOT_ON_KEYS = new Unknown("rows of several shards are joined, and not on their keys");
    private static final Unknown INEXACT =
            new Unknown("a subquery over reference tables may give other rows on each shard");

    private JoinPlacement() {}

    static Placement inner(Placement left, Placement right, Facts facts) {
        if (left instanceof Split(var locators, Coverage coverage)
                && right instanceof Split(var others, Coverage other)) {
            return haveEqual(locators, others, facts)
                    ? new Split(joined(locators, others), new Coverage.Both(coverage, other))
                    : NOT_ON_KEYS;
        }
        return left instanceof Split split ? splitWith(split, right) : notSplit(left, right);
    }

    /// All but two sides that are split.
    private static Placement notSplit(Placement left, Placement right) {
        return switch (right) {
            case Split split -> splitWith(split, left);
            case Unknown _ -> left instanceof Unknown ? left : right;
            case Local _ -> left instanceof Unknown ? left : right;
            case Replicated(boolean exact) ->
                left instanceof Replicated(boolean isExact) ? new Replicated(exact && isExact) : left;
        };
    }

    private static Placement splitWith(Split split, Placement other) {
        return switch (other) {
            case Replicated(boolean exact) -> exact ? split : INEXACT;
            case Local _, Split _ -> NOT_ON_KEYS;
            case Unknown _ -> other;
        };
    }

    /// @param facts what is true of rows that match
    static Placement left(Placement left, Placement right, Facts facts) {
        if (left instanceof Split(var locators, Coverage coverage) && right instanceof Split(var others, Coverage _)) {
            return haveEqual(locators, others, facts) ? new Split(locators, coverage) : NOT_ON_KEYS;
        }
        if (left instanceof Replicated && right instanceof Split) {
            return new Unknown(
                    "an outer join keeps rows that every shard has, for which rows of one shard are missing");
        }
        return left instanceof Split split ? splitWith(split, right) : notSplit(left, right);
    }

    /// @param facts what is true of rows that match
    static Placement full(Placement left, Placement right, Item.Join join, Facts facts) {
        if (left instanceof Split(var locators, Coverage coverage)
                && right instanceof Split(var others, Coverage other)) {
            return haveEqual(locators, others, facts)
                    ? new Split(merged(locators, join.merged(), facts), new Coverage.Either(coverage, other))
                    : NOT_ON_KEYS;
        }
        if (left instanceof Split || right instanceof Split) {
            return new Unknown("a full join keeps rows that are not on one shard each");
        }
        return notSplit(left, right);
    }

    private static boolean haveEqual(List<Locator> left, List<Locator> right, Facts facts) {
        return left.stream().anyMatch(one -> right.stream().anyMatch(other -> one.equals(other, facts)));
    }

    private static List<Locator> joined(List<Locator> left, List<Locator> right) {
        List<Locator> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }

    /// The keys of which all columns are merged ones, for others can be NULL.
    private static List<Locator> merged(List<Locator> locators, List<Item.Merged> merged, Facts facts) {
        List<Locator> found = new ArrayList<>();
        for (Locator locator : locators) {
            List<Variable> key = new ArrayList<>();
            for (Variable column : locator.key()) {
                Optional<Variable> variable = merged.stream()
                        .filter(one -> facts.areEqual(one.left(), column))
                        .map(Item.Merged::column)
                        .findFirst();
                variable.ifPresent(key::add);
            }
            if (key.size() == locator.key().size()) {
                found.add(new Locator(locator.group(), key));
            }
        }
        return found;
    }
}
