/// What operators and orchestrators ask of a running proxy.
@NullMarked
package dev.pgbraid.proxy.admin;

import org.jspecify.annotations.NullMarked;
