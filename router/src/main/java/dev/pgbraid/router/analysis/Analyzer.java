package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.Binder;
import dev.pgbraid.router.binding.BindingException;
import dev.pgbraid.router.binding.BoundStatement;
import dev.pgbraid.router.binding.Effects;
import dev.pgbraid.router.binding.Effects.Effect;
import dev.pgbraid.router.gather.Gatherer;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.topology.Topology;
import dev.pgbraid.router.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Proves where statements run that read or change rows.
public final class Analyzer {
    /// What makes the shards of a scatter differ in more than their rows.
    private static final List<Effect> APART = List.of(
            Effect.VOLATILE, Effect.USER_CODE, Effect.SERVER, Effect.CLOCK, Effect.SYSTEM_COLUMN, Effect.ROW_LOCK);

    private final Topology topology;
    private final BoundStatement statement;
    private final boolean gathers;
    private final Prover prover = new Prover();
    private final ChangeProver changes = new ChangeProver(prover);

    private Analyzer(Topology topology, BoundStatement statement, boolean gathers) {
        this.topology = topology;
        this.statement = statement;
        this.gathers = gathers;
    }

    /// What can be proven of a statement.
    ///
    /// @param tokens the text that the statement was read from, of which nothing is kept
    public static Template analyze(Tokens tokens, Statement statement, Snapshot snapshot, Perspective perspective) {
        return analyze(tokens, statement, snapshot, perspective, true);
    }

    /// What can be proven of a statement whose rows are gathered nowhere.
    public static Template analyzeInPlace(
            Tokens tokens, Statement statement, Snapshot snapshot, Perspective perspective) {
        return analyze(tokens, statement, snapshot, perspective, false);
    }

    private static Template analyze(
            Tokens tokens, Statement statement, Snapshot snapshot, Perspective perspective, boolean gathers) {
        try {
            BoundStatement bound = Binder.bind(tokens, statement, snapshot, perspective);
            return new Analyzer(snapshot.topology(), bound, gathers).template();
        } catch (BindingException problem) {
            return refused(Refusals.of(problem));
        } catch (StackOverflowError _) {
            return refused(Refusals.tooDeep());
        }
    }

    private static Template refused(Plan.Refused refused) {
        return new FixedTemplate(refused, new Plan.OnAnyShard(), List.of(refused.message()));
    }

    private Template template() {
        Optional<String> hidden = statement.effects().name(Effect.HIDDEN_CODE);
        if (hidden.isPresent() && !topology.isUndeclared()) {
            return refused(Refusals.hiddenCode(hidden.get()));
        }
        Optional<Placement> placement = statement.query().map(query -> prover.query(query, new Facts(), List.of()));
        statement.changes().forEach(changes::prove);
        List<Proof.Required> required = required();
        if (required.size() > 1) {
            String first = required.getFirst().reason();
            String second = required.get(1).reason();
            return new FixedTemplate(
                    gatherOr(Refusals.severalPlaces(first, second)),
                    new Plan.OnAnyShard(),
                    List.of(first + ", and " + second));
        }
        if (changes.refused().isPresent()) {
            return refused(changes.refused().get());
        }
        Optional<Proof.Required> only = required.stream().findFirst();
        return prover.pins().isEmpty() && changes.newRows().isEmpty()
                ? withoutKeys(only)
                : withKeys(only, placement.orElseGet(() -> new Placement.Unknown("")));
    }

    /// The shards that the statement needs for more than rows of sharded tables.
    private List<Proof.Required> required() {
        List<Proof.Required> required = new ArrayList<>();
        statement.shards().forEach((shard, reason) -> required.add(new Proof.Required(shard, reason)));
        Effects effects = statement.effects();
        for (Effect effect : List.of(Effect.SERVER, Effect.REFERENCE_LOCK)) {
            boolean isThere = required.stream().anyMatch(one -> one.shard().equals(topology.home()));
            if (effects.has(effect) && !isThere) {
                String reason = effect == Effect.SERVER
                        ? effects.name(effect).orElse("") + " is asked of the home shard"
                        : "rows of reference table " + effects.name(effect).orElse("")
                                + " are locked on the home shard";
                required.add(new Proof.Required(topology.home(), reason));
            }
        }
        return required;
    }

    private Access access() {
        Effects effects = statement.effects();
        if (!statement.changes().isEmpty() || effects.has(Effect.USER_WRITE) || effects.has(Effect.ROW_LOCK)) {
            return Access.WRITE;
        }
        if (!effects.has(Effect.VOLATILE)) {
            return Access.READ;
        }
        return effects.has(Effect.SERVER) ? Access.WRITE : Access.TRANSIENT;
    }

    private Template withoutKeys(Optional<Proof.Required> required) {
        Effects effects = statement.effects();
        boolean isSame = access() == Access.READ && !effects.has(Effect.USER_CODE);
        Optional<ShardId> shard = required.map(Proof.Required::shard);
        Plan plan = shard.isEmpty() && isSame
                ? new Plan.OnAnyShard()
                : new Plan.OnShard(shard.orElse(topology.home()), access());
        List<String> reasons = required.map(Proof.Required::reason).stream().toList();
        return new FixedTemplate(plan, description(required), reasons);
    }

    private Plan description(Optional<Proof.Required> required) {
        return required.<Plan>map(one -> new Plan.OnShard(one.shard(), Access.READ))
                .orElseGet(Plan.OnAnyShard::new);
    }

    private Template withKeys(Optional<Proof.Required> required, Placement placement) {
        Placement answer = answer(placement, required);
        boolean isRead = statement.changes().isEmpty();
        Optional<Coverage> scatter = isRead && answer instanceof Placement.Split(var _, Coverage coverage)
                ? Optional.of(coverage)
                : Optional.empty();
        String reason = answer instanceof Placement.Unknown(String words) ? words : "rows of several shards are needed";
        Proof proof = new Proof(
                prover.pins(),
                changes.newRows(),
                changes.kept(),
                required,
                scatter,
                isRead ? gatherOr(Refusals.query(reason, prover.pins())) : Refusals.write(prover.pins()),
                access(),
                topology.home(),
                statement.parameters(),
                statement.times());
        return new KeyTemplate(
                proof, description(required), reasons(scatter, reason), new SharedPlans(topology.shards()));
    }

    /// What becomes of a query that needs several shards: its rows are gathered, unless it has to be refused.
    private Plan gatherOr(Plan.Refused refused) {
        if (!gathers || statement.query().isEmpty()) {
            return refused;
        }
        return Gatherer.problem(statement, topology)
                .<Plan>map(problem -> new Plan.Refused(
                        refused.sqlState(),
                        refused.message(),
                        Optional.of("Its rows cannot be gathered: " + problem + "."),
                        refused.hint()))
                .orElseGet(Plan.Gather::new);
    }

    /// What the whole answer is, with everything that the shards could differ in.
    private Placement answer(Placement placement, Optional<Proof.Required> required) {
        if (!(placement instanceof Placement.Split)) {
            return placement;
        }
        if (statement.query().filter(query -> query.ordered()).isPresent()) {
            return new Placement.Unknown("ORDER BY sorts rows of several shards");
        }
        if (required.isPresent()) {
            return new Placement.Unknown(required.get().reason());
        }
        return APART.stream()
                .filter(statement.effects()::has)
                .findFirst()
                .<Placement>map(effect -> new Placement.Unknown(
                        statement.effects().name(effect).orElse("") + " may differ from shard to shard"))
                .orElse(placement);
    }

    /// Why the statement is not always on one shard, and why it cannot be asked of several.
    private List<String> reasons(Optional<Coverage> scatter, String reason) {
        List<String> reasons = new ArrayList<>();
        for (Pin pin : prover.pins()) {
            if (pin.columns().stream().anyMatch(column -> column.choices().isEmpty())) {
                reasons.add("no condition gives table " + pin.table() + " a key");
            }
        }
        if (scatter.isEmpty() && !reason.isEmpty()) {
            reasons.add(reason);
        }
        return reasons;
    }
}
