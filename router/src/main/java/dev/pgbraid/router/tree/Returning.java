package dev.pgbraid.router.tree;

import java.util.List;
import java.util.Optional;

/// `RETURNING`
///
/// @param oldName what `WITH (OLD AS …)` calls the row before the change
/// @param newName what `WITH (NEW AS …)` calls the row after it
public record Returning(Span span, Optional<String> oldName, Optional<String> newName, List<SelectItem> items)
        implements Node.Clause {

    public Returning {
        items = List.copyOf(items);
    }
}
