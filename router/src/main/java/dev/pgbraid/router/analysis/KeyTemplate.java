package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.Term;
import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The template of statements whose shard is told by keys among their literals and parameters.
final class KeyTemplate implements Template {
    private final Proof proof;
    private final Plan description;
    private final List<String> reasons;
    private final SharedPlans plans;
    private final Optional<FastKey> fast;
    private final boolean isConstant;
    private @Nullable Plan constant;

    KeyTemplate(Proof proof, Plan description, List<String> reasons, SharedPlans plans) {
        this.proof = proof;
        this.description = description;
        this.reasons = List.copyOf(reasons);
        this.plans = plans;
        this.fast = FastKey.of(proof);
        this.isConstant = isConstant(proof);
    }

    /// Whether no literal and no parameter matters.
    private static boolean isConstant(Proof proof) {
        return proof.newRows().isEmpty()
                && proof.kept().isEmpty()
                && proof.times().isNone()
                && proof.pins().stream().flatMap(pin -> pin.columns().stream()).allMatch(Restriction::isAny);
    }

    @Override
    public boolean isShardLocal() {
        return proof.scatter().isPresent();
    }

    @Override
    public Plan description() {
        return description;
    }

    @Override
    public List<String> reasons() {
        return reasons;
    }

    @Override
    public Plan plan(Literals literals, Parameters parameters) {
        if (fast.isPresent()) {
            Optional<ShardId> shard = fast.get().shard(literals, parameters);
            if (shard.isPresent()) {
                return plans.onShard(shard.get(), proof.access());
            }
        }
        Plan known = constant;
        if (known == null) {
            known = new Attempt(literals, parameters).plan();
            constant = isConstant ? known : null;
        }
        return known;
    }

    /// A search for the plan of one statement.
    private final class Attempt {
        private final TermReader reader;
        private final ShardFinder finder;
        private Optional<ShardId> only = Optional.empty();
        private Optional<Plan.Refused> refused = Optional.empty();
        private boolean needsSeveral;

        Attempt(Literals literals, Parameters parameters) {
            reader = new TermReader(literals, parameters, proof.parameters());
            finder = new ShardFinder(reader);
        }

        Plan plan() {
            for (Pin pin : proof.pins()) {
                need(finder.shards(pin));
            }
            proof.newRows().forEach(this::place);
            proof.kept().forEach(this::check);
            if (refused.isPresent()) {
                return refused.get();
            }
            if (!needsSeveral) {
                return onOne(only.or(() -> proof.required().map(Proof.Required::shard))
                        .orElse(proof.home()));
            }
            return proof.scatter().map(this::scatter).orElse(proof.otherwise());
        }

        private void need(ShardSet shards) {
            if (shards.isEmpty()) {
                return;
            }
            Optional<ShardId> single = shards.single();
            needsSeveral |= single.isEmpty() || (only.isPresent() && !only.equals(single));
            only = single.or(() -> only);
        }

        private Plan onOne(ShardId shard) {
            return proof.required()
                    .filter(required -> !required.shard().equals(shard))
                    .map(required -> proof.otherwise() instanceof Plan.Gather
                            ? proof.otherwise()
                            : Refusals.elsewhere(required.reason(), shard.name()))
                    .orElseGet(() -> plans.onShard(shard, proof.access()));
        }

        private Plan scatter(Coverage coverage) {
            ShardSet shards = finder.shards(coverage);
            return switch (shards.size()) {
                case 0 -> onOne(proof.home());
                case 1 -> onOne(shards.iterator().next());
                default ->
                    reader.areTimesFixed(proof.times())
                            ? plans.scatter(shards, proof.access())
                            : Refusals.times(proof.pins());
            };
        }

        private void refuse(Plan.Refused reason) {
            if (refused.isEmpty()) {
                refused = Optional.of(reason);
            }
        }

        private void place(NewRows rows) {
            Optional<ShardId> before = Optional.empty();
            for (List<Term> row : rows.rows()) {
                int count = reader.count(row);
                for (int i = 0; i < count && refused.isEmpty(); i++) {
                    reader.turnTo(i);
                    Optional<ShardId> shard = shard(rows, row);
                    if (shard.isPresent() && before.isPresent() && !before.equals(shard)) {
                        refuse(Refusals.severalRows(rows.table()));
                    }
                    before = shard.isPresent() ? shard : before;
                    shard.ifPresent(found -> need(ShardSet.of(found)));
                }
            }
        }

        /// The shard of a row; nothing where PostgreSQL will refuse the row on any shard.
        private Optional<ShardId> shard(NewRows rows, List<Term> row) {
            List<KeyValue> key = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                switch (reader.assigned(row.get(i), rows.key().get(i))) {
                    case Proven(KeyValue value) -> key.add(value);
                    case Unprovable(String reason) ->
                        refuse(Refusals.unknownKey(
                                rows.table(), rows.key().get(i).name(), reason));
                    case Invalid _ -> {}
                }
            }
            if (key.size() < row.size()) {
                return Optional.empty();
            }
            Optional<ShardId> shard = rows.group().sharding().shardOf(new ShardKey(key));
            if (shard.isEmpty()) {
                refuse(Refusals.noShard(
                        rows.table(), key.stream().map(String::valueOf).collect(Collectors.joining(", "))));
            }
            return shard;
        }

        private void check(KeptKey kept) {
            reader.turnTo(0);
            Optional<Set<KeyValue>> old = finder.values(kept.old());
            reader.turnTo(0);
            boolean isKept = reader.assigned(kept.value(), kept.column()) instanceof Proven(KeyValue value)
                    && old.isPresent()
                    && (old.get().isEmpty() || old.get().equals(Set.of(value)));
            if (!isKept) {
                refuse(Refusals.keyChange(kept.table(), kept.column().name()));
            }
        }
    }
}
