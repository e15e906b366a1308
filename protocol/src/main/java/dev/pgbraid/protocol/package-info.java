/// The PostgreSQL wire protocol as values: no sockets, no shards.
@NullMarked
package dev.pgbraid.protocol;

import org.jspecify.annotations.NullMarked;
