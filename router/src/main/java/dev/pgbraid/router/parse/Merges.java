package dev.pgbraid.router.parse;

import dev.pgbraid.router.tree.Assignment;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Insert.Overriding;
import dev.pgbraid.router.tree.Merge;
import dev.pgbraid.router.tree.Merge.Action;
import dev.pgbraid.router.tree.Merge.Match;
import dev.pgbraid.router.tree.Merge.When;
import dev.pgbraid.router.tree.Returning;
import dev.pgbraid.router.tree.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `MERGE`.
final class Merges {
    private final Cursor in;

    private Merges(Cursor in) {
        this.in = in;
    }

    static Merge read(Cursor in, int first, Optional<With> with) {
        return new Merges(in).merge(first, with);
    }

    private Merge merge(int first, Optional<With> with) {
        in.expect("merge", "into");
        FromItem.Join join = in.within(in.find(Set.of("when")), () -> Joins.readMerge(in));
        if (!(join.left() instanceof FromItem.Table target) || join.on().isEmpty()) {
            throw in.refuse("a MERGE does not join a table on a condition");
        }
        List<When> whens = new ArrayList<>();
        while (in.isNext("when")) {
            whens.add(when());
        }
        Optional<Returning> returning = SelectItems.readReturning(in);
        return new Merge(
                in.spanFrom(first), with, target, join.right(), join.on().get(), whens, returning);
    }

    private When when() {
        int first = in.position();
        in.expect("when");
        Match match = match();
        Optional<Expression> condition = in.accept("and") ? Optional.of(Expressions.read(in)) : Optional.empty();
        in.expect("then");
        Action action = action();
        return new When(in.spanFrom(first), match, condition, action);
    }

    private Match match() {
        if (in.accept("matched")) {
            return Match.MATCHED;
        }
        in.expect("not", "matched");
        if (in.accept("by", "source")) {
            return Match.NOT_MATCHED_BY_SOURCE;
        }
        in.accept("by", "target");
        return Match.NOT_MATCHED_BY_TARGET;
    }

    private Action action() {
        int first = in.position();
        if (in.accept("update", "set")) {
            List<Assignment> assignments = in.list(() -> Changes.readAssignment(in));
            return new Merge.DoUpdate(in.spanFrom(first), assignments);
        }
        if (in.accept("delete")) {
            return new Merge.DoDelete(in.spanFrom(first));
        }
        if (in.accept("do", "nothing")) {
            return new Merge.DoNothing(in.spanFrom(first));
        }
        in.expect("insert");
        List<Expression> columns = Inserts.readColumns(in);
        Overriding overriding = Inserts.readOverriding(in);
        List<Expression> values = List.of();
        if (!in.accept("default", "values")) {
            in.expect("values");
            values = in.inside(() -> Expressions.readList(in));
        }
        return new Merge.DoInsert(in.spanFrom(first), columns, overriding, values);
    }
}
