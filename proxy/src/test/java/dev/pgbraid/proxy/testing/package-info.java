/// What tests of the proxy stand on: real servers, a raw client, a proxy that breaks connections at a chosen place,
/// and a proxy of ours that is checked for leaks when the test is over.
@NullMarked
package dev.pgbraid.proxy.testing;

import org.jspecify.annotations.NullMarked;
