package dev.pgbraid.router.binding;

import dev.pgbraid.router.catalog.SearchPath;
import dev.pgbraid.router.lexer.Tokens;

/// A text whose tree is bound: that of the statement, or one of the catalog.
///
/// @param path where its names are looked for
/// @param isStatement whether it is the statement, whose literals may be others the next time
record Text(Tokens tokens, SearchPath path, boolean isStatement) {}
