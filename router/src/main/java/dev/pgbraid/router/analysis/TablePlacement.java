package dev.pgbraid.router.analysis;

import dev.pgbraid.router.analysis.Placement.Locator;
import dev.pgbraid.router.binding.Item;
import dev.pgbraid.router.binding.Variable;
import dev.pgbraid.router.topology.Location;
import java.util.List;

/// Places the rows of tables.
final class TablePlacement {
    private final Prover prover;

    TablePlacement(Prover prover) {
        this.prover = prover;
    }

    Placement of(Item.Table table, Facts facts, List<Locator> anchors) {
        return switch (table.location()) {
            case Location.Reference _ ->
                table.hasPolicies() ? withPolicies(table) : new Placement.Replicated(!table.isSampled());
            case Location.OneShard _ -> new Placement.Unknown("table \"" + table.name() + "\" is on one shard alone");
            case Location.Sharded sharded -> sharded(table, sharded, facts, anchors);
        };
    }

    private static Placement withPolicies(Item.Table table) {
        return new Placement.Unknown("row security policies of table \"" + table.name()
                + "\" may choose other rows on each shard at another moment");
    }

    private Placement sharded(Item.Table table, Location.Sharded sharded, Facts facts, List<Locator> anchors) {
        List<Variable> key = table.key();
        Pin pin = new Pin(
                sharded.group(),
                table.name().toString(),
                key.stream().map(facts::restriction).toList());
        prover.note(pin);
        if (table.isSampled()) {
            return new Placement.Unknown("TABLESAMPLE picks rows of several shards");
        }
        if (table.hasPolicies()) {
            return withPolicies(table);
        }
        Locator locator = new Locator(sharded.group(), key);
        boolean isLocal = anchors.stream().anyMatch(anchor -> anchor.equals(locator, facts));
        return isLocal ? new Placement.Local() : new Placement.Split(List.of(locator), new Coverage.Of(pin));
    }
}
