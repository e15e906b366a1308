/// The parts of the benchmark. Each measures one thing and makes one section of the report.
@NullMarked
package dev.pgbraid.loadtest.part;

import org.jspecify.annotations.NullMarked;
