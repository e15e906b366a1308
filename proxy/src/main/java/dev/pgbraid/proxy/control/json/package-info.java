/// As much of JSON as the proxy writes itself and reads again.
@NullMarked
package dev.pgbraid.proxy.control.json;

import org.jspecify.annotations.NullMarked;
