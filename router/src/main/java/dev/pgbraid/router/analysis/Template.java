package dev.pgbraid.router.analysis;

import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import java.util.List;

/// What is known of all statements of one shape, seen from one perspective in one snapshot.
///
/// It depends on no literal that a shape leaves out, so it holds for every text of the shape. Belongs to one thread at
/// a time.
public interface Template {
    /// Where a statement of the shape runs that has these literals and parameters.
    Plan plan(Literals literals, Parameters parameters);

    /// Whether each shard has a part of its answer, or one has all of it, whatever the values are.
    boolean isShardLocal();

    /// Where it can be asked what parameters and columns it has, without running it.
    Plan description();

    /// Why the statement is not on a cheaper rung of the ladder, for people: a sentence each, none for a statement on
    /// the cheapest one.
    List<String> reasons();

    /// How the rows of a statement are gathered, for people: a line each. Only an explanation needs that.
    default List<String> steps() {
        return List.of();
    }
}
