package dev.pgbraid.router;

import dev.pgbraid.router.analysis.Analyzer;
import dev.pgbraid.router.analysis.FixedTemplate;
import dev.pgbraid.router.analysis.Literals;
import dev.pgbraid.router.analysis.Template;
import dev.pgbraid.router.binding.Binder;
import dev.pgbraid.router.binding.BindingException;
import dev.pgbraid.router.binding.BoundStatement;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.gather.Gatherer;
import dev.pgbraid.router.gather.Gathering;
import dev.pgbraid.router.gather.UngatherableException;
import dev.pgbraid.router.lexer.ShownText;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.parse.Reading;
import dev.pgbraid.router.parse.StatementParser;
import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.session.SessionStatement;
import dev.pgbraid.router.shape.Shape;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.Statement;
import dev.pgbraid.router.utility.Reach;
import dev.pgbraid.router.utility.SpreadNames;
import dev.pgbraid.router.utility.Utility;
import dev.pgbraid.router.utility.UtilityPlanner;
import dev.pgbraid.router.utility.UtilityReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Finds out what there is to know of one statement, in the calling thread.
final class StatementPlanner {
    private static final int SHOWN_MAX = 200;
    private static final String HINT =
            "Write it in another way, or name the shard with a comment: /* pgbraid: shard=… */.";

    private final Snapshot snapshot;
    private final Perspective perspective;
    private final Supplier<SpreadNames> spreadNames;
    private final UtilityPlanner utilities;
    private final boolean gathers;

    /// @param spreadNames those of the snapshot
    StatementPlanner(Snapshot snapshot, Perspective perspective, Supplier<SpreadNames> spreadNames) {
        this(snapshot, perspective, spreadNames, true);
    }

    private StatementPlanner(
            Snapshot snapshot, Perspective perspective, Supplier<SpreadNames> spreadNames, boolean gathers) {
        this.gathers = gathers;
        this.snapshot = snapshot;
        this.perspective = perspective;
        this.spreadNames = spreadNames;
        this.utilities = new UtilityPlanner(snapshot, perspective);
    }

    /// A template and what else is found out on the way to it.
    private record Findings(Template template, Reach reach, boolean hintedOnly) {
        static Findings of(Plan plan) {
            return new Findings(FixedTemplate.of(plan), Reach.NONE, true);
        }
    }

    /// How the rows of a query are gathered whose plan is [Plan.Gather].
    ///
    /// @param text that query alone
    GatherResult gathering(byte[] text) {
        Tokens tokens = new StatementText().read(text, 0, text.length, rules());
        StatementPlanner inPlace = new StatementPlanner(snapshot, perspective, spreadNames, false);
        try {
            if (StatementParser.parse(tokens, 0) instanceof Reading.Read(Query query)) {
                BoundStatement bound = Binder.bind(tokens, query, snapshot, perspective);
                return new GatherResult.Gathered(Gatherer.gather(
                        tokens,
                        rules(),
                        query,
                        bound,
                        snapshot,
                        part -> inPlace.plan(part.bytes()).template().isShardLocal()));
            }
            return new GatherResult.Refused(unreadable("it is no query"));
        } catch (UngatherableException problem) {
            return new GatherResult.Refused(ungatherable(problem.reason()));
        } catch (BindingException problem) {
            return new GatherResult.Refused(
                    new Plan.Refused(problem.sqlState(), problem.message(), Optional.empty(), problem.hint()));
        }
    }

    private static Plan.Refused ungatherable(String reason) {
        return new Plan.Refused(
                "0A000",
                "rows of several shards are needed, which cannot be gathered: " + reason,
                Optional.empty(),
                HINT);
    }

    /// What there is to know of a text that is one statement which the lexer does not refuse.
    Known plan(byte[] text) {
        StatementText statement = new StatementText();
        Tokens tokens = statement.read(text, 0, text.length, rules());
        Shape shape = statement.shape(tokens, 0);
        LiteralLayout layout = new LiteralLayout(shape, tokens.count());
        SessionStatement session = SessionStatement.read(tokens, 0);
        Findings findings = findings(tokens, session);
        // The literals of a query are not in its shape, and the plan of the table that it makes depends on them, as do
        // the steps of an explanation.
        boolean lasting =
                !isQuery(tokens, tokens.firstToken(0)) || QueryInto.find(tokens).isEmpty();
        boolean explainsRoute = session instanceof SessionStatement.Explain explain && explain.isOn("route");
        Known.Traits traits = new Known.Traits(
                session,
                Runs.of(session),
                lastParameter(tokens),
                findings.hintedOnly(),
                CatalogChange.isPossible(tokens, 0, session),
                explainsRoute,
                OwnCall.find(tokens),
                lasting && !explainsRoute);
        ShapeUse use = new ShapeUse(shape.fingerprint(), ShownText.of(tokens, 0, tokens.tokensEnd(0), SHOWN_MAX));
        return new Known(findings.template(), layout, findings.reach(), traits, use);
    }

    /// What is known of a statement that could not be read in time.
    static Known unread(String reason) {
        Known.Traits traits = new Known.Traits(
                new SessionStatement.Other(Set.of()), Runs.BY_CONTENT, 0, true, false, false, Optional.empty(), false);
        return new Known(
                FixedTemplate.of(unreadable(reason)),
                new LiteralLayout(new Shape(), 0),
                Reach.NONE,
                traits,
                ShapeUse.unlisted());
    }

    private TextRules rules() {
        return perspective.rules();
    }

    private static int lastParameter(Tokens tokens) {
        int last = 0;
        for (int token = 0; token < tokens.count(); token++) {
            if (tokens.kind(token) == TokenKind.PARAMETER) {
                last = Math.max(last, Integer.parseInt(tokens.written(token).substring(1)));
            }
        }
        return last;
    }

    private Findings findings(Tokens tokens, SessionStatement session) {
        Optional<ObjectName> held = snapshot.topology().held().filter(table -> mentions(tokens, table));
        if (held.isPresent()) {
            return Findings.of(Plan.Refused.held(held.get()));
        }
        return switch (Runs.of(session)) {
            case ANYWHERE -> Findings.of(new Plan.OnAnyShard());
            case AT_HOME -> Findings.of(atHome());
            case BY_CONTENT -> byContent(tokens, session);
        };
    }

    private boolean mentions(Tokens tokens, ObjectName table) {
        return SpreadNames.ofHeld(table, snapshot).isMentioned(tokens, tokens.firstToken(0), tokens.tokensEnd(0));
    }

    private Findings byContent(Tokens tokens, SessionStatement session) {
        int first = tokens.firstToken(0);
        int end = tokens.tokensEnd(0);
        return switch (session) {
            case SessionStatement.Prepare _ -> Findings.of(prepared("PREPARE"));
            case SessionStatement.Execute _ -> Findings.of(prepared("EXECUTE"));
            case SessionStatement.Explain explain -> explained(tokens, explain);
            case SessionStatement.DeclareCursor cursor ->
                ofQuery(tokens, new Utility.OfQuery("DECLARE CURSOR", cursor.queryToken(), end, false));
            default -> isQuery(tokens, first) ? query(tokens) : utility(tokens, UtilityReader.read(tokens, first, end));
        };
    }

    static boolean isQuery(Tokens tokens, int first) {
        return switch (tokens.keyword(first)) {
            case "select", "insert", "update", "delete", "merge", "with", "values", "table" -> true;
            default -> tokens.kind(first) == TokenKind.OPEN;
        };
    }

    private Findings query(Tokens tokens) {
        Optional<String> ownCall = OwnCall.find(tokens);
        if (ownCall.isPresent()) {
            return Findings.of(OwnCall.inside(ownCall.get()));
        }
        Optional<Utility.Derived> table = QueryInto.find(tokens);
        if (table.isPresent()) {
            return wrapped(QueryInto.without(tokens), plan -> utilities.planTable(table.get(), plan));
        }
        if (isAllAtHome()) {
            return Findings.of(atHome());
        }
        return switch (StatementParser.parse(tokens, 0)) {
            case Reading.Read(Statement tree) ->
                new Findings(
                        gathers
                                ? Analyzer.analyze(tokens, tree, snapshot, perspective)
                                : Analyzer.analyzeInPlace(tokens, tree, snapshot, perspective),
                        Reach.of(tree, snapshot, perspective),
                        false);
            case Reading.Unreadable(String reason) -> Findings.of(unread(tokens, reason));
        };
    }

    private Plan unread(Tokens tokens, String reason) {
        boolean isSpread = spreadNames.get().isMentioned(tokens, tokens.firstToken(0), tokens.tokensEnd(0));
        return isSpread ? unreadable(reason) : atHome();
    }

    /// Where what was prepared has to run is known to its session alone, which asks only where the statement is all of
    /// a simple query.
    private Plan prepared(String command) {
        return isAllAtHome()
                ? new Plan.OnAnyShard()
                : new Plan.Refused(
                        "0A000",
                        command + " inside of something else, where tables are spread over shards",
                        Optional.empty(),
                        "Send it as a simple query of its own, prepare by the protocol, or name the shard with a "
                                + "comment: /* pgbraid: shard=… */.");
    }

    private boolean isAllAtHome() {
        return snapshot.topology().shards().size() == 1 || snapshot.topology().isUndeclared();
    }

    private Plan atHome() {
        return new Plan.OnShard(snapshot.topology().home(), Access.WRITE);
    }

    static Plan.Refused unreadable(String reason) {
        return new Plan.Refused("0A000", "the statement cannot be read: " + reason, Optional.empty(), HINT);
    }

    private Findings utility(Tokens tokens, Utility utility) {
        return switch (utility) {
            case Utility.Derived derived -> derived(tokens, derived);
            case Utility.OfQuery query -> ofQuery(tokens, query);
            default -> Findings.of(utilities.plan(utility));
        };
    }

    private Findings derived(Tokens tokens, Utility.Derived derived) {
        byte[] query = text(tokens, derived.queryToken(), derived.queryEnd());
        return switch (derived.kind()) {
            case TABLE -> wrapped(query, plan -> utilities.planTable(derived, plan));
            case VIEW ->
                switch (parse(query)) {
                    case Reading.Read(Statement tree) -> Findings.of(utilities.planView(derived, tree));
                    case Reading.Unreadable(String reason) -> Findings.of(unreadable(reason));
                };
        };
    }

    private Reading parse(byte[] query) {
        Tokens tokens = new StatementText().read(query, 0, query.length, rules());
        return tokens.statementCount() == 1
                ? StatementParser.parse(tokens, 0)
                : new Reading.Unreadable("there is no query where one should be");
    }

    private Findings explained(Tokens tokens, SessionStatement.Explain explain) {
        Utility.OfQuery explained =
                new Utility.OfQuery("EXPLAIN", explain.statementToken(), tokens.tokensEnd(0), false);
        return explain.isOn("route") ? shown(tokens, explained) : ofQuery(tokens, explained);
    }

    /// `EXPLAIN (ROUTE)` has the route of the statement itself.
    private Findings shown(Tokens tokens, Utility.OfQuery explained) {
        byte[] query = text(tokens, explained.queryToken(), explained.queryEnd());
        Findings found = wrapped(query, UnaryOperator.identity());
        boolean isGathered = found.template().description() instanceof Plan.Gather
                || !found.template().isShardLocal();
        return isGathered
                ? new Findings(new ShownTemplate(found.template(), steps(query)), found.reach(), found.hintedOnly())
                : found;
    }

    /// What is sent to gather the rows of a query, and what runs over them.
    private List<String> steps(byte[] query) {
        return gathering(query) instanceof GatherResult.Gathered(Gathering gathering)
                ? GatherSteps.of(gathering, part -> shards(part.bytes()))
                : List.of();
    }

    private String shards(byte[] query) {
        Known known = plan(query);
        return known.traits().lastParameter() > 0
                ? "the shards of its parameters"
                : switch (new StatementText().plan(known, query, rules(), Parameters.NONE)) {
                    case Plan.OnShard(ShardId shard, var _) -> shard.name();
                    case Plan.Scatter(ShardSet shards, var _) ->
                        shards.stream().map(ShardId::name).collect(Collectors.joining(", "));
                    case Plan.OnAnyShard _, Plan.Gather _, Plan.Everywhere _, Plan.Refused _ ->
                        snapshot.topology().home().name();
                };
    }

    private Findings ofQuery(Tokens tokens, Utility.OfQuery of) {
        byte[] query = text(tokens, of.queryToken(), of.queryEnd());
        return wrapped(query, plan -> utilities.planQuery(of, plan));
    }

    /// What is known of a statement by the one inside of it.
    private Findings wrapped(byte[] query, UnaryOperator<Plan> outside) {
        if (new StatementText().read(query, 0, query.length, rules()).statementCount() != 1) {
            return Findings.of(unreadable("there is no query where one should be"));
        }
        Known inner = plan(query);
        Template template = new Template() {
            @Override
            public Plan plan(Literals literals, Parameters parameters) {
                return outside.apply(new StatementText().plan(inner, query, rules(), parameters));
            }

            @Override
            public boolean isShardLocal() {
                return inner.template().isShardLocal();
            }

            @Override
            public Plan description() {
                return outside.apply(inner.template().description());
            }

            @Override
            public List<String> reasons() {
                return inner.template().reasons();
            }
        };
        Template kept = inner.traits().lastParameter() > 0
                ? template
                : new FixedTemplate(
                        outside.apply(new StatementText().plan(inner, query, rules(), Parameters.NONE)),
                        template.description(),
                        template.reasons());
        return new Findings(kept, inner.reach(), inner.traits().hintedOnly());
    }

    private static byte[] text(Tokens tokens, int first, int end) {
        return first < end
                ? Arrays.copyOfRange(tokens.text(), tokens.start(first), tokens.end(end - 1))
                : "".getBytes(StandardCharsets.UTF_8);
    }
}
