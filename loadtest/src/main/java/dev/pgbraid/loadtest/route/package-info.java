/// What it costs to find out where statements run: `bench route`.
@NullMarked
package dev.pgbraid.loadtest.route;

import org.jspecify.annotations.NullMarked;
