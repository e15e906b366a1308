package dev.pgbraid.router;

import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.plan.Explanation;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.plan.Route;

/// The route of a statement with parameters. Belongs to the thread of the router that it is from.
final class ParameterRoute implements Route {
    private final StatementText reader;
    private final byte[] text;
    private final TextRules rules;
    private final Known known;
    private final Wished wished;

    /// @param reader reads the literals again when they are needed, which takes less memory than to keep them
    /// @param text the statement alone
    ParameterRoute(StatementText reader, byte[] text, TextRules rules, Known known, Wished wished) {
        this.reader = reader;
        this.text = text;
        this.rules = rules;
        this.known = known;
        this.wished = wished;
    }

    @Override
    public Plan plan(Parameters parameters) {
        return wished.plan(reader.plan(known, text, rules, parameters));
    }

    @Override
    public int lastParameter() {
        return known.traits().lastParameter();
    }

    @Override
    public Plan description() {
        return wished.description();
    }

    @Override
    public Explanation explain(Parameters parameters) {
        return Explanation.of(
                plan(parameters), known.template().reasons(), known.template().steps());
    }
}
