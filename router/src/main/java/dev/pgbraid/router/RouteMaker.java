package dev.pgbraid.router;

import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.plan.Route;
import dev.pgbraid.router.shape.Shape;
import dev.pgbraid.router.sharding.ShardSet;
import java.util.ArrayList;
import java.util.List;

/// Makes routes of what is known of the statements of a text, with the literals that they have in it.
///
/// @param reader has read the text
/// @param shards all of them
/// @param routeReader reads statements again for routes that need their literals, on the thread of those
record RouteMaker(StatementText reader, Wishes wishes, ShardSet shards, StatementText routeReader) {
    private static final Routes NO_STATEMENT = new Routes(List.of());

    /// The routes of the only statement of a text, whose shape was read last.
    Routes routesOfOne(Known known, Tokens tokens, Perspective perspective) {
        Wish wish = wish(known, reader.shape(), perspective);
        return wish instanceof Wish.Anywhere && known.traits().lastParameter() == 0
                ? known.routes(reader.plan(known, tokens, 0, Parameters.NONE))
                : Routes.of(known.routed(0, route(known, tokens, 0, wish, perspective)));
    }

    /// The routes of as many statements as something is known of.
    Routes routes(List<Known> knowns, Tokens tokens, int from, Perspective perspective) {
        List<RoutedStatement> statements = new ArrayList<>();
        for (int statement = 0; statement < knowns.size(); statement++) {
            Known known = knowns.get(statement);
            Wish wish = wish(known, reader.shape(tokens, statement), perspective);
            int start = statement == 0 ? 0 : tokens.statementStart(statement) - from;
            statements.add(known.routed(start, route(known, tokens, statement, wish, perspective)));
        }
        return statements.isEmpty() ? NO_STATEMENT : new Routes(statements);
    }

    private Wish wish(Known known, Shape shape, Perspective perspective) {
        return known.traits().runs() == Runs.BY_CONTENT
                ? Wish.of(shape.hints(), perspective, shards)
                : Wish.Anywhere.ANYWHERE;
    }

    /// The route of the statement whose shape was read last.
    private Route route(Known known, Tokens tokens, int statement, Wish wish, Perspective perspective) {
        Wished wished = new Wished(wishes, wish, known);
        if (known.traits().lastParameter() > 0) {
            return new ParameterRoute(routeReader, tokens.copy(statement), perspective.rules(), known, wished);
        }
        Plan plan = wished.plan(reader.plan(known, tokens, statement, Parameters.NONE));
        return new FixedRoute(plan, wished.description(), known.template());
    }
}
