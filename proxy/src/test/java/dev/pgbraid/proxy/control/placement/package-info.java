@NullMarked
package dev.pgbraid.proxy.control.placement;

import org.jspecify.annotations.NullMarked;
