/// The text of a statement to its tree.
///
/// ```
/// Tokens ─► guards ─► SkeletonWriter ─► JSqlParser ─► SkeletonReader ─► tree
///                       one query, its      which part     each part read from its tokens,
///                       parts by number     is where       queries inside of it in the same way
/// ```
/// JSqlParser says how the clauses of a query, its joins and its set operations stand to each other. It never sees
/// what it would read otherwise than PostgreSQL: literals, names, operators and everything in parentheses are read
/// from the tokens, by PostgreSQL's rules of precedence. What remains is the frame of `INSERT`, `UPDATE`, `DELETE` and
/// `MERGE`, which is a row of words.
///
/// Whatever is not understood ends the reading with a reason: half a statement is never a tree.
@NullMarked
package dev.pgbraid.router.parse;

import org.jspecify.annotations.NullMarked;
