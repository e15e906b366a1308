/// Statements that are no queries: what they touch, and where they run therefore.
///
/// ```
/// Tokens ─► UtilityReader ─► Utility ─ Snapshot ─► UtilityPlanner ─► Plan
/// ```
/// They are read from the tokens by the rules of PostgreSQL's grammar, but only as far as it takes to know which
/// relations and other objects they are about. What is not understood is refused rather than run on one shard only.
@NullMarked
package dev.pgbraid.router.utility;

import org.jspecify.annotations.NullMarked;
