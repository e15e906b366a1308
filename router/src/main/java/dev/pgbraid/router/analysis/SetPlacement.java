package dev.pgbraid.router.analysis;

import dev.pgbraid.router.analysis.Placement.Local;
import dev.pgbraid.router.analysis.Placement.Locator;
import dev.pgbraid.router.analysis.Placement.Replicated;
import dev.pgbraid.router.analysis.Placement.Split;
import dev.pgbraid.router.analysis.Placement.Unknown;
import dev.pgbraid.router.binding.BoundQuery.SetOperation;
import dev.pgbraid.router.tree.QueryBody;
import java.util.List;

/// Places the rows of set operations. The locators of both sides are told by the columns of the result.
final class SetPlacement {
    private SetPlacement() {}

    static Placement of(SetOperation operation, Placement left, Placement right) {
        if (left instanceof Unknown) {
            return left;
        }
        if (right instanceof Unknown) {
            return right;
        }
        if (left instanceof Split one && right instanceof Split other) {
            return split(operation, one, other);
        }
        if (left instanceof Split || right instanceof Split) {
            return new Unknown(
                    operation.operator() + " combines rows of several shards with rows that every shard has");
        }
        if (left instanceof Replicated(boolean one) && right instanceof Replicated(boolean other)) {
            return new Replicated(one && other);
        }
        return new Local();
    }

    private static Placement split(SetOperation operation, Split left, Split right) {
        List<Locator> common =
                left.locators().stream().filter(right.locators()::contains).toList();
        boolean isConcatenation = operation.operator() == QueryBody.Operator.UNION && operation.all();
        if (common.isEmpty() && !isConcatenation) {
            return new Unknown(operation.operator() + " compares rows of several shards, and not by their keys");
        }
        Coverage coverage = switch (operation.operator()) {
            case UNION -> new Coverage.Either(left.coverage(), right.coverage());
            case INTERSECT -> new Coverage.Both(left.coverage(), right.coverage());
            case EXCEPT -> left.coverage();
        };
        return new Split(common, coverage);
    }
}
