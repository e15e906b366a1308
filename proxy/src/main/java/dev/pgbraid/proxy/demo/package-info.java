/// `pgbraid demo`: a small shop on embedded PostgreSQL servers, with the proxy in front.
@NullMarked
package dev.pgbraid.proxy.demo;

import org.jspecify.annotations.NullMarked;
