package dev.pgbraid.router.tree;

import java.util.List;
import java.util.Optional;

/// What stands in `FROM`: something that has rows.
public sealed interface FromItem extends Node {

    /// A table, a view or a common table.
    ///
    /// @param name with its schema if that is written
    /// @param only whether the tables that inherit from it are left out
    record Table(Span span, List<String> name, boolean only, Optional<Alias> alias, Optional<Sample> sample)
            implements FromItem {
        public Table {
            name = List.copyOf(name);
        }
    }

    /// A query in parentheses.
    record Derived(Span span, boolean lateral, Query query, Optional<Alias> alias) implements FromItem {}

    /// A function, or several side by side with `ROWS FROM`.
    ///
    /// @param calls of functions, most of them [Expression.Call]
    record Functions(
            Span span,
            boolean lateral,
            boolean rowsFrom,
            List<Expression> calls,
            boolean withOrdinality,
            Optional<Alias> alias)
            implements FromItem {
        public Functions {
            calls = List.copyOf(calls);
        }
    }

    /// Two items side by side. Without any condition it is a `CROSS JOIN`.
    ///
    /// @param using the columns of `USING`
    /// @param usingAlias the name for these columns
    /// @param alias the name for the whole join, in parentheses
    record Join(
            Span span,
            Type type,
            boolean natural,
            FromItem left,
            FromItem right,
            Optional<Expression> on,
            List<String> using,
            Optional<String> usingAlias,
            Optional<Alias> alias)
            implements FromItem {
        public Join {
            using = List.copyOf(using);
        }
    }

    /// Whose rows a join keeps when they match nothing.
    enum Type {
        INNER,
        LEFT,
        RIGHT,
        FULL
    }

    /// Another name for an item.
    ///
    /// @param name absent where only columns are defined
    /// @param columns names of its first columns
    /// @param types of the columns, when a function returns records: as many as columns, or none
    record Alias(Span span, Optional<String> name, List<String> columns, List<Expression.Type> types)
            implements Node.Clause {
        public Alias {
            columns = List.copyOf(columns);
            types = List.copyOf(types);
        }
    }

    /// `TABLESAMPLE`
    record Sample(Span span, List<String> method, List<Expression> arguments, Optional<Expression> repeatable)
            implements Node.Clause {
        public Sample {
            method = List.copyOf(method);
            arguments = List.copyOf(arguments);
        }
    }
}
