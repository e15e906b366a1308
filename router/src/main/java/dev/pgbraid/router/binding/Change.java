package dev.pgbraid.router.binding;

import dev.pgbraid.router.key.KeyColumn;
import java.util.List;

/// A statement that changes rows, with its names bound.
public sealed interface Change {
    Item.Table target();

    /// `UPDATE` or `DELETE`.
    ///
    /// @param rows the join of the target with what else is named, with all conditions
    /// @param keys what key columns are set to
    record Existing(String verb, Item.Table target, BoundQuery rows, List<KeyValueOf> keys) implements Change {
        public Existing {
            keys = List.copyOf(keys);
        }
    }

    /// `INSERT`
    ///
    /// @param source the rows that are inserted
    /// @param keys for each key column of the target, where the rows have its value
    /// @param after the queries in `ON CONFLICT` and `RETURNING`
    record Inserted(Item.Table target, BoundQuery source, List<KeyValueOf> keys, BoundQuery after) implements Change {
        public Inserted {
            keys = List.copyOf(keys);
        }
    }

    /// `MERGE`
    ///
    /// @param rows the join of the source with the target, with all conditions
    /// @param inserted for each clause that inserts, the values of the key columns
    /// @param updated what key columns are set to
    record Merged(Item.Table target, BoundQuery rows, List<List<KeyValueOf>> inserted, List<KeyValueOf> updated)
            implements Change {
        public Merged {
            inserted = List.copyOf(inserted);
            updated = List.copyOf(updated);
        }
    }

    /// The value that a key column is given.
    ///
    /// @param index which of the key columns, from 0
    /// @param values one, or one for each row
    record KeyValueOf(int index, KeyColumn column, List<Operand> values) {
        public KeyValueOf {
            values = List.copyOf(values);
        }
    }
}
