/// What was measured, as tables and aims, and its two forms: text and JSON.
@NullMarked
package dev.pgbraid.loadtest.report;

import org.jspecify.annotations.NullMarked;
