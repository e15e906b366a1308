/// Clients: how they log in, and the sessions that they then have.
///
/// ```
///   Listener ──accepts──► LoginHandler ──replaces itself by──► ClientHandler ◄──► Session ◄──► Backend
/// ```
///
/// A session on several shards is steered by [Routing]. What one shard answers passes between the session and its
/// [dev.pgbraid.proxy.backend.Backend]; what several answer is a [Fan]: a [ScatterFan] passes on the rows of one after
/// another, a [GatherFan] brings rows to a [Workbench], which has the query run over them.
///
/// An [OpenTransaction] is on one shard as long as that will do. When a statement needs another one, the backend of the
/// first is parked with its [Participant], and the [Journal] tells the second what it has to know; savepoints, settings
/// and the end of the transaction are then a [Chorus] of all.
///
/// Notifications come over a [NotificationHub], so that [Subscriptions] need no backend.
///
/// A [Worker] holds what the sessions of one event loop share; nothing of it is seen by another loop.
@NullMarked
package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.NotificationHub;
import org.jspecify.annotations.NullMarked;
