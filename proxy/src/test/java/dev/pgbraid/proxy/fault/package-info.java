/// What a client sees, and what is left, when a connection or a server fails.
@NullMarked
package dev.pgbraid.proxy.fault;

import org.jspecify.annotations.NullMarked;
