/// What programs notice of the proxy through the drivers that they use.
@NullMarked
package dev.pgbraid.proxy.driver;

import org.jspecify.annotations.NullMarked;
