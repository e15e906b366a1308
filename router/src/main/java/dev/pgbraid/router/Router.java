package dev.pgbraid.router;

import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.plan.Route;
import dev.pgbraid.router.session.SessionStatement;
import dev.pgbraid.router.shape.Shape;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Finds out where the statements of a database run. Confined to one event loop.
///
/// What it has found out it remembers, so most texts are answered without being read again. One that takes long to read
/// is read on another thread.
public final class Router {
    private static final SessionStatement REFUSED_TEXT = new SessionStatement.Other(Set.of());

    private final ShardSet shards;
    private final Executor loop;
    private final Lexer lexer = new Lexer();
    private final Shape shape = new Shape();

    /// Every shard's route for what runs there in any case.
    private final List<Route> onShard;

    private final Route onHomeShard;
    private final Route onAnyShard = Fixed.of(new Plan.OnAnyShard());

    /// @param shards all shards of the database, in the order of the configuration; the first is the home shard
    /// @param loop runs tasks on the thread of this router
    public Router(List<ShardId> shards, Executor loop) {
        this.shards = ShardSet.copyOf(shards);
        this.loop = loop;
        this.onShard = shards.stream()
                .map(shard -> (Route) Fixed.of(new Plan.OnShard(shard, Access.WRITE)))
                .toList();
        this.onHomeShard = onShard.getFirst();
    }

    /// A route that is the same for all parameters.
    private record Fixed(Plan plan, Plan description) implements Route {
        static Fixed of(Plan plan) {
            return new Fixed(plan, plan);
        }

        @Override
        public Plan plan(Parameters parameters) {
            return plan;
        }

        @Override
        public int lastParameter() {
            return 0;
        }
    }

    /// The routes of the statements in `text[from..to)`, unless one of them has to be read first.
    public @Nullable Routes find(byte[] text, int from, int to, Perspective perspective) {
        Tokens tokens = lexer.read(text, from, to, perspective.rules());
        if (tokens.error().isPresent()) {
            return new Routes(List.of(new RoutedStatement(0, onHomeShard, REFUSED_TEXT, false)));
        }
        List<RoutedStatement> statements = new ArrayList<>();
        for (int statement = 0; statement < tokens.statementCount(); statement++) {
            statements.add(routed(tokens, statement, from, perspective));
        }
        return new Routes(statements);
    }

    /// The routes of a text for which [#find] has none. The answer comes on the thread of this router.
    public CompletableFuture<Routes> read(byte[] text, int from, int to, Perspective perspective) {
        return CompletableFuture.supplyAsync(() -> known(text, from, to, perspective), loop);
    }

    private Routes known(byte[] text, int from, int to, Perspective perspective) {
        Routes routes = find(text, from, to, perspective);
        if (routes == null) {
            throw new IllegalStateException("a statement was read in vain");
        }
        return routes;
    }

    private RoutedStatement routed(Tokens tokens, int statement, int from, Perspective perspective) {
        shape.read(tokens, statement);
        SessionStatement session = SessionStatement.read(tokens, statement);
        Route route = switch (Runs.of(session)) {
            case ANYWHERE -> onAnyShard;
            case AT_HOME -> onHomeShard;
            case BY_CONTENT -> route(Wish.of(shape.hints(), perspective, shards));
        };
        int start = statement == 0 ? 0 : tokens.statementStart(statement) - from;
        boolean mayChangeCatalog = CatalogChange.isPossible(tokens, statement, session);
        return new RoutedStatement(start, route, session, mayChangeCatalog);
    }

    private Route route(Wish wish) {
        return switch (wish) {
            case Wish.Anywhere _ -> onHomeShard;
            case Wish.OnShard(ShardId shard) -> onShard.get(shard.index());
            case Wish.WithKey _ ->
                Fixed.of(new Plan.Refused(
                        "0A000",
                        "a key says nothing in a database without sharded tables",
                        Optional.empty(),
                        "Name a shard: /* pgbraid: shard=… */."));
            case Wish.Impossible(Plan.Refused refusal) -> Fixed.of(refusal);
        };
    }
}
