/// Connections to the shards' servers and the pools that lend them.
///
/// A pool belongs to one event loop and serves one login of one shard; its pools on the other event loops share a
/// budget with it, which is the cap on the connections that are open at once. A [Tenant] that is lent a [Backend]
/// runs on the same event loop, so nothing here is locked.
@NullMarked
package dev.pgbraid.proxy.backend;

import org.jspecify.annotations.NullMarked;
