/// The trees of statements compared with what a real PostgreSQL makes of them.
@NullMarked
package dev.pgbraid.proxy.router.tree;

import org.jspecify.annotations.NullMarked;
