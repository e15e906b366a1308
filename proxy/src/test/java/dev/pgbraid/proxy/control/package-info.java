@NullMarked
package dev.pgbraid.proxy.control;

import org.jspecify.annotations.NullMarked;
