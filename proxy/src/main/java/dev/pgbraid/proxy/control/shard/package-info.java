/// JDBC towards shards, for work that may block. Nothing else in the proxy uses it.
@NullMarked
package dev.pgbraid.proxy.control.shard;

import org.jspecify.annotations.NullMarked;
