/// Statement to plan.
@NullMarked
package dev.pgbraid.router;

import org.jspecify.annotations.NullMarked;
