/// How connections begin: TLS on both sides, the startup packets, and every way for a login to go wrong.
@NullMarked
package dev.pgbraid.proxy.login;

import org.jspecify.annotations.NullMarked;
