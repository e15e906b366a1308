/// What a statement that reads or changes rows says, as PostgreSQL understands it.
///
/// The parts are named as PostgreSQL's manual names them. They are values: nothing of them changes, and they know
/// neither tables nor types. Names are as PostgreSQL stores them, folded or unquoted. Every part knows the tokens
/// that it was written with, so that a statement can be changed by replacing pieces of its text.
///
/// ```
/// Statement ─┬─ Query ── With, QueryBody (Select | SetOperation | Values), SortItem, Limit, Locking
///            └─ Insert, Update, Delete, Merge
/// Select ──── SelectItem, FromItem, Grouping, Window ──── Expression ──── Query
/// ```
@NullMarked
package dev.pgbraid.router.tree;

import org.jspecify.annotations.NullMarked;
