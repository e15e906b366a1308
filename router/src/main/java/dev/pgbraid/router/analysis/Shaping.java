package dev.pgbraid.router.analysis;

import dev.pgbraid.router.analysis.Placement.Locator;
import dev.pgbraid.router.analysis.Placement.Replicated;
import dev.pgbraid.router.analysis.Placement.Split;
import dev.pgbraid.router.analysis.Placement.Unknown;
import dev.pgbraid.router.binding.BoundQuery;
import dev.pgbraid.router.binding.BoundQuery.Grouping;
import dev.pgbraid.router.binding.NamedColumn;
import dev.pgbraid.router.binding.Operand;
import dev.pgbraid.router.binding.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells what grouping, windows, `DISTINCT` and the choice of columns make of a placement.
final class Shaping {
    private final Facts facts;

    /// @param facts those inside of the query
    Shaping(Facts facts) {
        this.facts = facts;
    }

    Placement shape(BoundQuery.Select select, List<NamedColumn> outputs, Placement rows) {
        return switch (rows) {
            case Split split -> split(select, outputs, split);
            case Replicated(boolean exact) -> new Replicated(exact && isExact(select));
            case Placement.Local _, Unknown _ -> rows;
        };
    }

    /// Whether the result does not depend on the order in which the rows come.
    private static boolean isExact(BoundQuery.Select select) {
        return select.grouping().isOrderless() && select.windows().isEmpty() && !select.picksRows();
    }

    private Placement split(BoundQuery.Select select, List<NamedColumn> outputs, Split rows) {
        List<Locator> locators = rows.locators();
        Grouping grouping = select.grouping();
        switch (grouping.kind()) {
            case NONE -> {}
            case WHOLE -> {
                return new Unknown("an aggregate is computed over rows of several shards");
            }
            case SETS -> {
                return new Unknown("GROUPING SETS, ROLLUP or CUBE group rows of several shards");
            }
            case KEYS -> locators = Prover.covered(locators, grouping.by(), facts);
        }
        if (locators.isEmpty() && grouping.kind() == Grouping.Kind.KEYS) {
            return new Unknown("GROUP BY without the key groups rows of several shards");
        }
        for (List<Operand> partition : select.windows()) {
            if (Prover.covered(locators, partition, facts).isEmpty()) {
                return new Unknown("a window without the key in PARTITION BY looks at rows of several shards");
            }
        }
        if (select.distinct().isPresent()
                && Prover.covered(locators, select.distinct().get(), facts).isEmpty()) {
            return new Unknown("DISTINCT without the key compares rows of several shards");
        }
        return new Split(visible(locators, outputs), rows.coverage());
    }

    /// The locators that can be told by the outputs.
    private List<Locator> visible(List<Locator> locators, List<NamedColumn> outputs) {
        List<Locator> visible = new ArrayList<>();
        for (Locator locator : locators) {
            List<Variable> key = new ArrayList<>();
            for (Variable column : locator.key()) {
                output(column, outputs).ifPresent(key::add);
            }
            if (key.size() == locator.key().size()) {
                visible.add(new Locator(locator.group(), key));
            }
        }
        return visible.stream().distinct().toList();
    }

    private Optional<Variable> output(Variable column, List<NamedColumn> outputs) {
        return outputs.stream()
                .flatMap(output -> Prover.variable(output.operand()).stream())
                .filter(variable -> facts.areEqual(variable, column))
                .findFirst();
    }
}
