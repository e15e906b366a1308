/// The names of a statement, bound to what they mean.
///
/// [dev.pgbraid.router.binding.Binder] follows PostgreSQL's rules of scope. What it makes of a statement says no more
/// than is needed to tell where its rows are: relations, the variables that their columns are, what is equal to what,
/// and how queries are nested. A view stands there as its query, and so does a common table, at each place where it is
/// named. Whatever has no meaning here is opaque, and nothing is ever concluded from it.
@NullMarked
package dev.pgbraid.router.binding;

import org.jspecify.annotations.NullMarked;
