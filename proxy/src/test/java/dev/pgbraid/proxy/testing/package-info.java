/// What tests of every module that knows the proxy can use: real servers, faults on the wire, answers as values.
@NullMarked
package dev.pgbraid.proxy.testing;

import org.jspecify.annotations.NullMarked;
