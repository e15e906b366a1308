package dev.pgbraid.router;

import dev.pgbraid.router.gather.Gathering;
import dev.pgbraid.router.gather.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Says for people how rows are gathered.
final class GatherSteps {
    private GatherSteps() {}

    /// @param shards the names of those that have rows for a part
    static List<String> of(Gathering gathering, Function<Sql, String> shards) {
        List<String> steps = new ArrayList<>();
        for (Gathering.Part part : gathering.parts()) {
            steps.add("Sent to " + shards.apply(part.rows()) + ", for " + part.table() + ": " + part.query());
        }
        steps.add("Then, over these rows: " + gathering.text());
        return steps;
    }
}
