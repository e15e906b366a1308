/// The configuration file as records.
@NullMarked
package dev.pgbraid.config;

import org.jspecify.annotations.NullMarked;
