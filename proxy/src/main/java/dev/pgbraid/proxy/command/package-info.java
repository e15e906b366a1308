/// The commands of the command line and how their arguments are read.
///
/// A library for this would cost every start more than half a second of processor time: the classes of the usual one
/// are of a version that the JVM cannot prepare ahead of time.
@NullMarked
package dev.pgbraid.proxy.command;

import org.jspecify.annotations.NullMarked;
