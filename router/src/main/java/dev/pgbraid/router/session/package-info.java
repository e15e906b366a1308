/// Statements that change what a session is, as opposed to what is in the tables.
///
/// They are parsed from the tokens by the rules of PostgreSQL's grammar. A statement that the grammar would refuse is
/// not recognised: it goes to a shard like any other, and PostgreSQL refuses it in its own words.
@NullMarked
package dev.pgbraid.router.session;

import org.jspecify.annotations.NullMarked;
