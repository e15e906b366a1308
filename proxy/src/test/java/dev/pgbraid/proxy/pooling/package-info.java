/// What clients that share backends must never notice of each other.
@NullMarked
package dev.pgbraid.proxy.pooling;

import org.jspecify.annotations.NullMarked;
