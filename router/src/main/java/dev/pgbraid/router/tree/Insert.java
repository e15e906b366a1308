package dev.pgbraid.router.tree;

import java.util.List;
import java.util.Optional;

/// `INSERT`
///
/// @param columns each a column, or an element or field of one; empty when none are written
/// @param query absent for `DEFAULT VALUES`
public record Insert(
        Span span,
        Optional<With> with,
        Target target,
        List<Expression> columns,
        Overriding overriding,
        Optional<Query> query,
        Optional<OnConflict> onConflict,
        Optional<Returning> returning)
        implements Statement {

    public Insert {
        columns = List.copyOf(columns);
    }

    /// The table that rows are inserted into.
    public record Target(Span span, List<String> name, Optional<String> alias) implements Node.Clause {
        public Target {
            name = List.copyOf(name);
        }
    }

    /// Whether values for identity columns are taken.
    public enum Overriding {
        NONE,
        SYSTEM,
        USER
    }

    /// `ON CONFLICT`
    ///
    /// @param assignments none for `DO NOTHING`
    public record OnConflict(
            Span span, Optional<Arbiter> arbiter, List<Assignment> assignments, Optional<Expression> where)
            implements Node.Clause {
        public OnConflict {
            assignments = List.copyOf(assignments);
        }
    }

    /// What finds out about a conflict: a constraint by its name, or an index by its elements.
    ///
    /// @param elements each with a collation and an operator class if they are written, as part of its span
    public record Arbiter(Span span, Optional<String> constraint, List<Expression> elements, Optional<Expression> where)
            implements Node.Clause {
        public Arbiter {
            elements = List.copyOf(elements);
        }
    }
}
