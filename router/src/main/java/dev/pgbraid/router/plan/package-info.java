/// Where statements run.
///
/// ```
/// text ─► Router ─► Route of each statement ─ values of its parameters ─► Plan
/// ```
/// A [dev.pgbraid.router.plan.Plan] is proven right or it is [dev.pgbraid.router.plan.Plan.Refused]. There is no plan
/// that may be right.
@NullMarked
package dev.pgbraid.router.plan;

import org.jspecify.annotations.NullMarked;
