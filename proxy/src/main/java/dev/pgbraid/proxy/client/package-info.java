/// Clients: how they log in, and the sessions that they then have.
///
/// ```
///   Listener ──accepts──► LoginHandler ──replaces itself by──► ClientHandler ◄──► Session ◄──► Backend
/// ```
///
/// Notifications come over a [NotificationHub], so that [Subscriptions] need no backend.
///
/// A [Worker] holds what the sessions of one event loop share; nothing of it is seen by another loop.
@NullMarked
package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.backend.NotificationHub;
import org.jspecify.annotations.NullMarked;
