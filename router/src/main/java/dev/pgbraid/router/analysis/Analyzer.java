package dev.pgbraid.router.analysis;

import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.tree.Statement;
import java.util.List;
import java.util.Optional;

/// Proves where statements run that read or change rows.
public final class Analyzer {
    private Analyzer() {}

    /// What can be proven of a statement.
    ///
    /// @param tokens the text that the statement was read from, of which nothing is kept
    public static Template analyze(Tokens tokens, Statement statement, Snapshot snapshot, Perspective perspective) {
        return new Unproven();
    }

    /// The template of a statement of which nothing can be proven.
    private record Unproven() implements Template {
        @Override
        public Plan plan(Literals literals, Parameters parameters) {
            return new Plan.Refused(
                    "0A000",
                    "cannot tell which shards the statement needs",
                    Optional.empty(),
                    "Name a shard with the comment /* pgbraid: shard=NAME */.");
        }

        @Override
        public Plan description() {
            return new Plan.OnAnyShard();
        }

        @Override
        public List<String> reasons() {
            return List.of("The statement cannot be analyzed.");
        }
    }
}
