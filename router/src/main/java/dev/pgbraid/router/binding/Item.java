package dev.pgbraid.router.binding;

import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.topology.Location;
import java.util.List;

/// What stands in `FROM`. A `RIGHT JOIN` is a `LEFT JOIN` with its sides changed.
public sealed interface Item {

    /// A relation with rows of its own.
    ///
    /// @param id the number of the item
    /// @param key the variables of its key columns if it is sharded
    /// @param isSampled whether a part of its rows is picked
    /// @param hasPolicies whether policies decide which rows are seen
    record Table(int id, ObjectName name, Location location, List<Variable> key, boolean isSampled, boolean hasPolicies)
            implements Item {
        public Table {
            key = List.copyOf(key);
        }
    }

    /// A query, a view, or a common table.
    ///
    /// @param columns the operands of its columns outside of it: variables that its own are equal to
    record Derived(int id, BoundQuery query, List<NamedColumn> columns, boolean lateral) implements Item {
        public Derived {
            columns = List.copyOf(columns);
        }
    }

    /// A common table that refers to itself.
    ///
    /// @param columns its columns outside of it
    /// @param working its columns where it refers to itself
    record Recursive(int id, BoundQuery start, BoundQuery step, List<NamedColumn> columns, List<NamedColumn> working)
            implements Item {
        public Recursive {
            columns = List.copyOf(columns);
            working = List.copyOf(working);
        }
    }

    /// Rows that come from nowhere: those of a function, of a change, or of a recursive table inside of itself.
    ///
    /// @param subqueries those in the arguments of a function
    record Rows(int id, List<BoundQuery> subqueries) implements Item {
        public Rows {
            subqueries = List.copyOf(subqueries);
        }
    }

    /// Two items side by side.
    ///
    /// @param on what must hold for rows to match
    /// @param merged columns of `USING` in a full join, each with those that it is made of
    record Join(Type type, Item left, Item right, List<Predicate> on, List<BoundQuery> subqueries, List<Merged> merged)
            implements Item {
        public Join {
            on = List.copyOf(on);
            subqueries = List.copyOf(subqueries);
            merged = List.copyOf(merged);
        }
    }

    /// Whose rows a join keeps.
    enum Type {
        INNER,
        LEFT,
        FULL
    }

    /// A column of `USING` in a full join.
    record Merged(Variable column, Variable left, Variable right) {}
}
