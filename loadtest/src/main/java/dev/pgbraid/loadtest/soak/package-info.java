/// Clients that do everything at once, for long, and check every answer.
///
/// Each [Guest] has a tag. What it writes, sets and asks for bears the tag, so that an answer to somebody else is known
/// for what it is. The `*Work` classes hold what a guest can do; [Soak] lets many guests do it and looks at what is
/// left
/// when they are gone.
@NullMarked
package dev.pgbraid.loadtest.soak;

import org.jspecify.annotations.NullMarked;
