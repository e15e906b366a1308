/// What tests of every module share: random values that shrink, and the check for buffers left behind.
@NullMarked
package dev.pgbraid.protocol.testing;

import org.jspecify.annotations.NullMarked;
