/// How a block of the configuration file is described: its keys, their kinds of value and their defaults.
///
/// A description is a value. The reader walks it to read a file, and the reference table is written from it,
/// so the two cannot disagree.
@NullMarked
package dev.pgbraid.config.key;

import org.jspecify.annotations.NullMarked;
