/// Conversations written down in the manual's words, held with PostgreSQL itself and through the proxy.
///
/// A transcript in `src/test/resources/wire` is about one thing that can go wrong, in the folder of its topic. In
/// `together` are those in which several clients hold a backend at the same time; any other is held with a pool of one.
/// It is a sequence of blocks, each ended by an empty line:
///
/// ```
/// # what it is about
/// send
/// Query "SELECT 1"
///
/// expect
/// RowDescription [?column?:23]
/// DataRow ["1"]
/// CommandComplete "SELECT 1"
/// ReadyForQuery IDLE
/// ```
///
/// A block may name the client that it is of: `send two`. The fields of a message are those of its record, in order;
/// a list stands in brackets. A text is in quotes with the escapes of Java, `"x"*1000` is a long one, `x'00ff'` are
/// bytes, and `Raw x'…'` sends them as they are. `End` is the end of the connection. A transcript without answers yet
/// is completed from what PostgreSQL
/// says when the tests run with `-Dpgbraid.transcripts.record=true`.
@NullMarked
package dev.pgbraid.proxy.transcript;

import org.jspecify.annotations.NullMarked;
