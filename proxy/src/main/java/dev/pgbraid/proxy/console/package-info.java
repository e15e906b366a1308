/// The wire of a database that no server has: the proxy itself answers what is sent there.
@NullMarked
package dev.pgbraid.proxy.console;

import org.jspecify.annotations.NullMarked;
