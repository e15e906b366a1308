/// Clients: how they log in, and the sessions that they then have.
///
/// ```
///   Listener ──accepts──► LoginHandler ──replaces itself by──► ClientHandler ◄──► Backend
/// ```
///
/// A [Worker] holds what the sessions of one event loop share; nothing of it is seen by another loop.
@NullMarked
package dev.pgbraid.proxy.client;

import org.jspecify.annotations.NullMarked;
