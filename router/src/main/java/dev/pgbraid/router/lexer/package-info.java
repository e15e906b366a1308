/// SQL text to tokens, by the rules of PostgreSQL's `scan.l`.
///
/// ```
/// Lexer.read(bytes) ─► Tokens: kind, start, end, depth of each token; statements; comments; the first error
///                        └─► names and values, decoded on demand
/// ```
/// A [dev.pgbraid.router.lexer.Lexer] and its tokens belong to one thread. They are used again for every text, and
/// once they have grown to the size of the texts nothing is allocated.
@NullMarked
package dev.pgbraid.router.lexer;

import org.jspecify.annotations.NullMarked;
