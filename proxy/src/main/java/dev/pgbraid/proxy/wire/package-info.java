/// A client of the wire protocol that shows every message: for training runs and for tests.
@NullMarked
package dev.pgbraid.proxy.wire;

import org.jspecify.annotations.NullMarked;
