@NullMarked
package dev.pgbraid.proxy.control.shard;

import org.jspecify.annotations.NullMarked;
