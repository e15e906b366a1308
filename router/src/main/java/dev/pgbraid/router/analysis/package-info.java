/// From the tree of a statement to a plan that is proven, or to the reason why there is none.
///
/// ```
/// tokens, tree ─┐
/// Snapshot ─────┼─► Analyzer ─► Template ── Literals, Parameters ─► Plan
/// Perspective ──┘
/// ```
@NullMarked
package dev.pgbraid.router.analysis;

import org.jspecify.annotations.NullMarked;
