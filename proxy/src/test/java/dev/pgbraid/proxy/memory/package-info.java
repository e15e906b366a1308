/// What the proxy holds in memory while much passes through it.
@NullMarked
package dev.pgbraid.proxy.memory;

import org.jspecify.annotations.NullMarked;
