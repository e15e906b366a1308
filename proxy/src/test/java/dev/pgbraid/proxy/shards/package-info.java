/// Sessions of databases with several shards.
@NullMarked
package dev.pgbraid.proxy.shards;

import org.jspecify.annotations.NullMarked;
