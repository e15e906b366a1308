package dev.pgbraid.router;

import dev.pgbraid.router.plan.Route;
import dev.pgbraid.router.session.SessionStatement;
import java.util.Optional;

/// One statement of a text, as far as who runs it has to know it.
///
/// @param start where it begins, in bytes from the start of the text. It goes on to where the next one begins, or to
///     the end of the text, so that the `;` and what follows it belong to the statement before.
/// @param route where it runs
/// @param session what it does to its session. Token numbers in it are those of the statement without the others.
/// @param mayChangeCatalog whether tables, functions and the like may be others when it has run
/// @param explainsRoute whether it is `EXPLAIN (ROUTE)`, which no shard understands: [Route#explain] is its answer
/// @param ownCall the name of the function of schema `pgbraid` that it calls, which the proxy has and no shard; empty
///     for almost every statement
/// @param use counts the use of its shape
public record RoutedStatement(
        int start,
        Route route,
        SessionStatement session,
        boolean mayChangeCatalog,
        boolean explainsRoute,
        Optional<String> ownCall,
        ShapeUse use) {}
