/// Key values as the router reads, hashes and compares them, against a server that does the same.
@NullMarked
package dev.pgbraid.proxy.router.key;

import org.jspecify.annotations.NullMarked;
