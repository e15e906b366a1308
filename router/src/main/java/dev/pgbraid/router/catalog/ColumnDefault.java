package dev.pgbraid.router.catalog;

import java.util.List;

/// Where the value of a column comes from that a row was not given one for.
///
/// @param expression what is computed, as PostgreSQL writes it; empty for an identity
/// @param volatility of the expression; an identity is volatile
/// @param sequences what the expression or the identity takes numbers from
public record ColumnDefault(Kind kind, String expression, Volatility volatility, List<ObjectName> sequences) {
    public ColumnDefault {
        sequences = List.copyOf(sequences);
    }

    /// How a default stands in the definition of a column.
    public enum Kind {
        DEFAULT,
        /// Of no other origin: `GENERATED ALWAYS AS (…)`.
        GENERATED,
        IDENTITY_ALWAYS,
        IDENTITY_BY_DEFAULT
    }
}
