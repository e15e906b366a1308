/// Values of key columns: read as PostgreSQL reads them, hashed and compared as PostgreSQL does it.
///
/// [dev.pgbraid.router.key.KeyType] reads a value from its text or binary form. What comes of it is a
/// [dev.pgbraid.router.key.KeyReading]: a value that is proven to be the one PostgreSQL will have, the word that
/// nothing can be proven, or the error that PostgreSQL will raise. There is no guess among them.
///
/// Thirteen types share three forms of value, for PostgreSQL hashes and compares no more than these:
///
/// | form | types |
/// |---|---|
/// | `Whole` | smallint, integer, bigint; date (days), timestamp and timestamptz (microseconds) since 2000; boolean |
/// | `Decimal` | numeric |
/// | `Octets` | text, varchar, character (without its padding), uuid, bytea |
///
/// Text is taken in the encoding of the shards, which is UTF-8.
@NullMarked
package dev.pgbraid.router.key;

import org.jspecify.annotations.NullMarked;
