/// The server: the command line and how the parts are wired.
@NullMarked
package dev.pgbraid.proxy;

import org.jspecify.annotations.NullMarked;
