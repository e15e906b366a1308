/// Clients that replicate through the proxy.
@NullMarked
package dev.pgbraid.proxy.replication;

import org.jspecify.annotations.NullMarked;
