/// Statements without their literals, and what is remembered of them.
///
/// ```
/// Tokens ─► Shape: bytes of the statement with a mark for each literal, the slots of the literals, a fingerprint
///             └─► ShapeCache: whole text ─► value,   shape ─► value
/// ```
/// Two statements of one shape mean the same but for their literals. The opposite need not hold: where it is in doubt
/// whether a literal changes the meaning it stays in the shape.
@NullMarked
package dev.pgbraid.router.shape;

import org.jspecify.annotations.NullMarked;
