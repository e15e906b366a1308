/// What is compared: the server itself, and the proxies in front of it.
@NullMarked
package dev.pgbraid.loadtest.contender;

import org.jspecify.annotations.NullMarked;
