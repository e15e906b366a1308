/// A proxy that is told to change or to end while clients use it.
@NullMarked
package dev.pgbraid.proxy.lifecycle;

import org.jspecify.annotations.NullMarked;
