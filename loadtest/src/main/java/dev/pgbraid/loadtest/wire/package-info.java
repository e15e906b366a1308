/// A blocking client for the PostgreSQL protocol.
@NullMarked
package dev.pgbraid.loadtest.wire;

import org.jspecify.annotations.NullMarked;
