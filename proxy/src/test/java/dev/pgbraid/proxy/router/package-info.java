/// The router's reading of SQL compared with a real PostgreSQL's.
@NullMarked
package dev.pgbraid.proxy.router;

import org.jspecify.annotations.NullMarked;
