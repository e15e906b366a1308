package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.BoundQuery;
import dev.pgbraid.router.binding.Change;
import dev.pgbraid.router.binding.Item;
import dev.pgbraid.router.binding.Operand;
import dev.pgbraid.router.binding.Term;
import dev.pgbraid.router.binding.Variable;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.topology.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Proves which rows changes touch, and that no row is left on a shard that its key does not belong to.
final class ChangeProver {
    private final Prover prover;
    private final List<NewRows> newRows = new ArrayList<>();
    private final List<KeptKey> kept = new ArrayList<>();
    private Optional<Plan.Refused> refused = Optional.empty();

    ChangeProver(Prover prover) {
        this.prover = prover;
    }

    List<NewRows> newRows() {
        return newRows;
    }

    List<KeptKey> kept() {
        return kept;
    }

    /// What cannot be proven for any values.
    Optional<Plan.Refused> refused() {
        return refused;
    }

    void prove(Change change) {
        switch (change) {
            case Change.Existing existing -> {
                prover.query(existing.rows(), new Facts(), List.of());
                updated(change.target(), existing.keys(), facts(existing.rows()));
            }
            case Change.Inserted inserted -> {
                prover.query(inserted.source(), new Facts(), List.of());
                prover.query(inserted.after(), new Facts(), List.of());
                inserted(change.target(), inserted.keys(), facts(inserted.source()));
            }
            case Change.Merged merged -> {
                prover.query(merged.rows(), new Facts(), List.of());
                Facts facts = facts(merged.rows());
                merged.inserted().forEach(keys -> inserted(change.target(), keys, facts));
                updated(change.target(), merged.updated(), matching(merged.rows(), facts));
            }
        }
    }

    private Facts facts(BoundQuery query) {
        return query.body() instanceof BoundQuery.Select select ? prover.inside(select, new Facts()) : new Facts();
    }

    /// What is true of rows of a `MERGE` that match.
    private static Facts matching(BoundQuery rows, Facts facts) {
        Facts matching = facts.inside();
        if (rows.body() instanceof BoundQuery.Select select && select.from().getFirst() instanceof Item.Join join) {
            matching.addAll(join.on());
        }
        return matching;
    }

    private void updated(Item.Table target, List<Change.KeyValueOf> keys, Facts facts) {
        for (Change.KeyValueOf key : keys) {
            Variable old = target.key().get(key.index());
            switch (key.values().getFirst()) {
                case Operand.Of(Variable same) when facts.areEqual(same, old) -> {}
                case Operand.Constant(Term term) ->
                    kept.add(new KeptKey(target.name().toString(), key.column(), facts.restriction(old), term));
                case Operand.Of _, Operand.Opaque _ ->
                    refuse(Refusals.keyChange(
                            target.name().toString(), key.column().name()));
            }
        }
    }

    private void inserted(Item.Table target, List<Change.KeyValueOf> keys, Facts facts) {
        if (!(target.location() instanceof Location.Sharded sharded)) {
            return;
        }
        String table = target.name().toString();
        List<Operand> all = keys.stream().flatMap(key -> key.values().stream()).toList();
        if (all.stream().allMatch(Operand.Constant.class::isInstance)) {
            newRows.add(new NewRows(sharded.group(), table, sharded.key(), rows(keys)));
        } else if (all.stream().allMatch(Operand.Of.class::isInstance)
                && keys.stream().allMatch(ChangeProver::isOne)
                && keys.stream().allMatch(ChangeProver::isKept)) {
            List<Restriction> columns = keys.stream()
                    .map(key -> facts.restriction(((Operand.Of) key.values().getFirst()).variable()))
                    .toList();
            prover.note(new Pin(sharded.group(), table, columns));
        } else {
            refuse(Refusals.computedKey(table, sharded.key()));
        }
    }

    private static boolean isOne(Change.KeyValueOf key) {
        return key.values().size() == 1;
    }

    /// Whether a column stores the value of another one as it is.
    private static boolean isKept(Change.KeyValueOf key) {
        KeyColumn column = key.column();
        return key.values().getFirst() instanceof Operand.Of(Variable variable)
                && variable.type().sharesKeysWith(column.type())
                && !column.canChangeAssigned();
    }

    /// Row by row; a column that has one value has it in all of them.
    private static List<List<Term>> rows(List<Change.KeyValueOf> keys) {
        int count = keys.stream().mapToInt(key -> key.values().size()).max().orElse(1);
        List<List<Term>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            int at = row;
            rows.add(keys.stream()
                    .map(key -> key.values().get(key.values().size() == 1 ? 0 : at))
                    .flatMap(operand ->
                            operand instanceof Operand.Constant(Term term) ? Stream.of(term) : Stream.empty())
                    .toList());
        }
        return rows;
    }

    private void refuse(Plan.Refused reason) {
        if (refused.isEmpty()) {
            refused = Optional.of(reason);
        }
    }
}
