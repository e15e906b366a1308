package dev.pgbraid.router.binding;

import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.Statement;
import java.util.Optional;

/// Binds the names of a statement to what they mean.
public final class Binder {
    private Binder() {}

    /// Binds all names of a statement.
    ///
    /// @throws BindingException for a statement of which nothing can be proven
    public static BoundStatement bind(Tokens tokens, Statement statement, Snapshot snapshot, Perspective perspective) {
        Bindings bindings = new Bindings(snapshot, perspective);
        bindings.parameters().read(statement);
        Text text = new Text(tokens, bindings.path(), true);
        Scope scope = new Scope(Optional.empty());
        Optional<BoundQuery> query = Optional.empty();
        if (statement instanceof Query read) {
            query = Optional.of(new Queries(bindings, text).bind(read, scope));
        } else {
            new Changes(bindings, text).bind(statement, scope);
        }
        return new BoundStatement(
                query,
                bindings.changes(),
                bindings.effects(),
                bindings.shards(),
                bindings.tables(),
                bindings.parameters().types(),
                new TimeTexts(bindings.timeLiterals(), bindings.timeParameters()));
    }
}
