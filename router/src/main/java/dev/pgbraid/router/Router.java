package dev.pgbraid.router;

import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.parse.ParserPool;
import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.plan.Route;
import dev.pgbraid.router.session.SessionStatement;
import dev.pgbraid.router.shape.Shape;
import dev.pgbraid.router.shape.ShapeCache;
import dev.pgbraid.router.sharding.ShardSet;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.utility.SpreadNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Finds out where the statements of a database run. Confined to one event loop.
///
/// What it has found out it remembers, by the whole text and by the shape of each statement, so most texts are answered
/// without being analyzed. Those that are not are read on another thread.
public final class Router {
    private static final long CACHE_BYTES = 16L << 20;
    /// A longer text holds up the event loop even if all of it is known.
    private static final int LOOP_BYTES_MAX = 128 << 10;
    /// Statements of a shorter text that are known are not read again because of others beside them.
    private static final int EACH_BYTES_MAX = 8 << 10;
    private static final SessionStatement REFUSED_TEXT = new SessionStatement.Other(Set.of());

    private final ParserPool parsers;
    private final Executor loop;
    private final StatementText reader = new StatementText();
    private Memory memory;

    /// @param parsers reads what is new
    /// @param loop runs tasks on the thread of this router
    public Router(Snapshot snapshot, ParserPool parsers, Executor loop) {
        this.parsers = parsers;
        this.loop = loop;
        this.memory = new Memory(snapshot, reader);
    }

    /// Goes on with another catalog or topology. What was remembered of the one before is forgotten.
    public void use(Snapshot snapshot) {
        memory = new Memory(snapshot, reader);
    }

    /// What belongs to one snapshot.
    private static final class Memory {
        final Snapshot snapshot;
        final ShardSet shards;
        final Wishes wishes;
        final RouteMaker maker;
        final Routes refusedText;
        final Contexts contexts = new Contexts();
        // Each of them uses one of its two levels, and so half of its bytes.
        final ShapeCache<Known> shapes = new ShapeCache<>(CACHE_BYTES, Known::bytes);
        final ShapeCache<Routes> texts = new ShapeCache<>(CACHE_BYTES, Routes::bytes);
        private final AtomicReference<@Nullable SpreadNames> spreadNames = new AtomicReference<>();

        Memory(Snapshot snapshot, StatementText reader) {
            this.snapshot = snapshot;
            this.shards = snapshot.topology().allShards();
            this.wishes = new Wishes(snapshot.topology());
            this.maker = new RouteMaker(reader, wishes, shards, reader);
            Route home = FixedRoute.of(new Plan.OnShard(snapshot.topology().home(), Access.WRITE));
            this.refusedText = Routes.of(
                    new RoutedStatement(0, home, REFUSED_TEXT, false, false, Optional.empty(), ShapeUse.unlisted()));
        }

        /// They are asked for by the threads that read, when they are needed.
        SpreadNames spreadNames() {
            SpreadNames known = spreadNames.get();
            if (known == null) {
                known = new SpreadNames(snapshot);
                spreadNames.set(known);
            }
            return known;
        }
    }

    /// The shapes whose clients have waited longest in all, those first. What was used before the last [#use], or was
    /// pushed out of the memory, is not among them.
    public List<ShapeUse.Report> hottest(int max) {
        List<ShapeUse.Report> used = new ArrayList<>();
        memory.shapes.forEachShape(known -> {
            if (known.use().isUsed()) {
                used.add(known.use().report());
            }
        });
        used.sort(Comparator.comparingLong(ShapeUse.Report::nanos).reversed());
        return List.copyOf(used.subList(0, Math.min(max, used.size())));
    }

    /// The routes of the statements in `text[from..to)`, unless one of them has to be read first.
    public @Nullable Routes find(byte[] text, int from, int to, Perspective perspective) {
        int context = memory.contexts.number(perspective);
        boolean hasWish = Contexts.hasWish(perspective);
        Optional<Routes> known = hasWish ? Optional.empty() : memory.texts.findText(context, text, from, to);
        if (known.isPresent()) {
            return known.get();
        }
        if (to - from > LOOP_BYTES_MAX) {
            return null;
        }
        Tokens tokens = reader.read(text, from, to, perspective.rules());
        Routes routes = routes(tokens, from, context, perspective);
        if (routes != null && !hasWish) {
            memory.texts.putText(context, text, from, to, routes);
        }
        return routes;
    }

    private @Nullable Routes routes(Tokens tokens, int from, int context, Perspective perspective) {
        if (tokens.error().isPresent()) {
            return memory.refusedText;
        }
        if (tokens.statementCount() == 1) {
            Known known = known(tokens, 0, context, perspective);
            return known == null ? null : memory.maker.routesOfOne(known, tokens, perspective);
        }
        List<Known> knowns = new ArrayList<>();
        for (int statement = 0; statement < tokens.statementCount(); statement++) {
            Known known = known(tokens, statement, context, perspective);
            if (known == null) {
                return null;
            }
            knowns.add(known);
        }
        return memory.maker.routes(knowns, tokens, from, perspective);
    }

    /// What is known of a statement. Nothing if it has to be read first.
    private @Nullable Known known(Tokens tokens, int statement, int context, Perspective perspective) {
        Shape shape = reader.shape(tokens, statement);
        Optional<Known> found = memory.shapes.findShape(context, shape);
        if (found.isPresent()) {
            return found.get();
        }
        if (!isQuick(tokens, statement)) {
            return null;
        }
        Known known = planner(perspective).plan(tokens.copy(statement));
        memory.shapes.putShape(context, shape, known);
        return known;
    }

    private static boolean isQuick(Tokens tokens, int statement) {
        return !StatementPlanner.isQuery(tokens, tokens.firstToken(statement))
                && Runs.of(SessionStatement.read(tokens, statement)) != Runs.BY_CONTENT;
    }

    private StatementPlanner planner(Perspective perspective) {
        return new StatementPlanner(memory.snapshot, perspective, memory::spreadNames);
    }

    /// The routes of a text for which [#find] has none. They come on the thread of this router.
    public CompletableFuture<Routes> read(byte[] text, int from, int to, Perspective perspective) {
        byte[] kept = Arrays.copyOfRange(text, from, to);
        Memory asked = memory;
        return routesOf(kept, perspective)
                .thenComposeAsync(
                        found -> memory == asked
                                ? CompletableFuture.completedFuture(found)
                                : read(kept, 0, kept.length, perspective),
                        loop);
    }

    private CompletableFuture<Routes> routesOf(byte[] text, Perspective perspective) {
        if (text.length > LOOP_BYTES_MAX) {
            return readAll(text, perspective);
        }
        Memory asked = memory;
        return (text.length > EACH_BYTES_MAX ? readTogether(text, perspective) : readEach(text, perspective))
                .thenApplyAsync(knowns -> routes(text, knowns, asked, perspective), loop);
    }

    /// Reads a long text as a whole on another thread. Its statements are not remembered.
    private CompletableFuture<Routes> readAll(byte[] text, Perspective perspective) {
        StatementPlanner planner = planner(perspective);
        RouteMaker maker = new RouteMaker(new StatementText(), memory.wishes, memory.shards, reader);
        Routes refused = memory.refusedText;
        return parsers.read(
                () -> {
                    Tokens tokens = maker.reader().read(text, 0, text.length, perspective.rules());
                    List<Known> knowns = planAll(tokens, planner);
                    return tokens.error().isPresent() ? refused : maker.routes(knowns, tokens, 0, perspective);
                },
                reason -> {
                    Known unread = StatementPlanner.unread(reason);
                    return Routes.of(
                            unread.routed(0, FixedRoute.of(unread.template().description())));
                });
    }

    /// The numbers of the types that `PREPARE` gives its parameters, unless one of them is not PostgreSQL's own.
    ///
    /// @param written their names as they are written
    public Optional<List<Integer>> declaredTypes(List<String> written, Perspective perspective) {
        return DeclaredTypes.numbers(written, memory.snapshot.catalog(), perspective);
    }

    /// How the rows of a query are gathered whose plan is a [dev.pgbraid.router.plan.Plan.Gather].
    public CompletableFuture<GatherResult> gathering(byte[] text, Perspective perspective) {
        StatementPlanner planner = planner(perspective);
        return parsers.read(
                        () -> planner.gathering(text),
                        reason -> new GatherResult.Refused(StatementPlanner.unreadable(reason)))
                .thenApplyAsync(result -> result, loop);
    }

    /// Reads all statements of a text on another thread.
    private CompletableFuture<List<Known>> readTogether(byte[] text, Perspective perspective) {
        StatementPlanner planner = planner(perspective);
        return parsers.read(
                () -> planAll(new StatementText().read(text, 0, text.length, perspective.rules()), planner),
                reason -> List.of(StatementPlanner.unread(reason)));
    }

    private static List<Known> planAll(Tokens tokens, StatementPlanner planner) {
        List<Known> knowns = new ArrayList<>();
        for (int statement = 0; statement < tokens.statementCount(); statement++) {
            knowns.add(planner.plan(tokens.copy(statement)));
        }
        return knowns;
    }

    private CompletableFuture<List<Known>> readEach(byte[] kept, Perspective perspective) {
        int context = memory.contexts.number(perspective);
        StatementPlanner planner = planner(perspective);
        Tokens tokens = reader.read(kept, 0, kept.length, perspective.rules());
        List<CompletableFuture<Known>> readings = new ArrayList<>();
        for (int statement = 0; statement < tokens.statementCount(); statement++) {
            Known known = known(tokens, statement, context, perspective);
            byte[] alone = tokens.copy(statement);
            readings.add(
                    known == null
                            ? parsers.read(() -> planner.plan(alone), StatementPlanner::unread)
                            : CompletableFuture.completedFuture(known));
        }
        return CompletableFuture.allOf(readings.toArray(CompletableFuture[]::new))
                .thenApply(_ -> readings.stream().map(CompletableFuture::join).toList());
    }

    private Routes routes(byte[] text, List<Known> knowns, Memory asked, Perspective perspective) {
        int context = asked.contexts.number(perspective);
        Tokens tokens = reader.read(text, 0, text.length, perspective.rules());
        for (int statement = 0; statement < knowns.size(); statement++) {
            Known known = knowns.get(statement);
            if (known.traits().lasting()) {
                asked.shapes.putShape(context, reader.shape(tokens, statement), known);
            }
        }
        return asked.maker.routes(knowns, tokens, 0, perspective);
    }
}
