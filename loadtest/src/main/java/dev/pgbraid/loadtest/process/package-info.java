/// Processes of the operating system: finding programs, running them, ending them.
@NullMarked
package dev.pgbraid.loadtest.process;

import org.jspecify.annotations.NullMarked;
