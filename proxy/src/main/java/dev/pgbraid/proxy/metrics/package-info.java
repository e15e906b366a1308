/// What event loops count while they work.
///
/// Everything here is confined to one event loop: counting is adding to a number, without a lock, a volatile field or
/// an object. Who wants to see the numbers has them copied on that event loop, and adds up the copies of all loops.
@NullMarked
package dev.pgbraid.proxy.metrics;

import org.jspecify.annotations.NullMarked;
