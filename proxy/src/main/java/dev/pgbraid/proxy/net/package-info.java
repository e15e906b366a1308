/// Netty without PostgreSQL: the choice of transport, TLS, and batches of writes.
@NullMarked
package dev.pgbraid.proxy.net;

import org.jspecify.annotations.NullMarked;
