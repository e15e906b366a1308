/// What the proxy logs and how: one line per event, as text or as a JSON object.
///
/// What an event is about is said in fields, so that it can be searched for, and not in the words of its message:
///
/// ```
/// logger.atInfo().addKeyValue("client", address).addKeyValue("user", user).addKeyValue("shard", shard).log("lost");
/// ```
///
/// gives `2026-11-21T11:10:13.597Z WARN  lost client=10.0.0.7:52110 user=shop shard=a` or
/// `{"time":"2026-11-21T11:10:13.597Z","level":"WARN","message":"lost","client":"10.0.0.7:52110","user":"shop",…}`.
///
/// One message that comes over and over, whatever its fields say, is left out after a while; a later one tells how
/// often, in the field `suppressed`.
@NullMarked
package dev.pgbraid.proxy.logging;

import org.jspecify.annotations.NullMarked;
