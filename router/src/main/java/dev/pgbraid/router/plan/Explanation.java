package dev.pgbraid.router.plan;

import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a statement runs and why, for people: the answer to `EXPLAIN (ROUTE)`.
///
/// @param rung which rung of the ladder of plans the statement is on
/// @param shards the shards that run it; none if any of them can, or if none does
/// @param answers what becomes of the answers of several shards
/// @param steps what is sent where there is more to say of it than the rung does, a line each
/// @param reasons a sentence each: why it is on no cheaper rung, or why it is refused
public record Explanation(
        String rung, List<String> shards, Optional<String> answers, List<String> steps, List<String> reasons) {
    private static final List<String> AS_IT_IS = List.of("Sent to each: the statement as it is");

    public Explanation {
        shards = List.copyOf(shards);
        steps = List.copyOf(steps);
        reasons = List.copyOf(reasons);
    }

    /// The explanation of a plan.
    ///
    /// @param reasons why there is no cheaper one
    /// @param gathering how rows are gathered, if they are
    public static Explanation of(Plan plan, List<String> reasons, List<String> gathering) {
        return switch (plan) {
            case Plan.OnShard(ShardId shard, Access access) ->
                new Explanation(
                        access == Access.READ ? "Single shard, reading" : "Single shard",
                        List.of(shard.name()),
                        Optional.empty(),
                        List.of(),
                        reasons);
            case Plan.OnAnyShard() -> new Explanation("Any shard", List.of(), Optional.empty(), List.of(), reasons);
            case Plan.Scatter(ShardSet shards, Access _) ->
                new Explanation(
                        "Scatter",
                        names(shards),
                        Optional.of("rows one after another, counts added"),
                        AS_IT_IS,
                        reasons);
            case Plan.Gather() ->
                new Explanation(
                        "Gather",
                        List.of(),
                        Optional.of("rows of each table, over which the query runs"),
                        gathering,
                        reasons);
            case Plan.Everywhere(ShardSet shards) ->
                new Explanation(
                        "One shard after another", names(shards), Optional.of("that of the first"), AS_IT_IS, reasons);
            case Plan.Refused refused ->
                new Explanation("Refused", List.of(), Optional.empty(), List.of(), refusal(refused));
        };
    }

    private static List<String> names(ShardSet shards) {
        return shards.stream().map(ShardId::name).toList();
    }

    private static List<String> refusal(Plan.Refused refused) {
        List<String> reasons = new ArrayList<>();
        reasons.add("ERROR " + refused.sqlState() + ": " + refused.message());
        refused.detail().ifPresent(reasons::add);
        reasons.add(refused.hint());
        return reasons;
    }

    /// What is shown, a row of text each.
    public List<String> rows() {
        List<String> rows = new ArrayList<>();
        rows.add("Route: " + rung);
        if (!shards.isEmpty()) {
            rows.add("  Shards: " + String.join(", ", shards));
        }
        answers.ifPresent(answer -> rows.add("  Answers: " + answer));
        steps.forEach(step -> rows.add("  " + step));
        reasons.forEach(reason -> rows.add("  Reason: " + reason));
        return rows;
    }
}
