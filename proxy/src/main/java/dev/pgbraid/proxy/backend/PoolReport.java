package dev.pgbraid.proxy.backend;

import java.util.Optional;

/// How a pool stands at one moment.
///
/// @param lent backends that tenants have
/// @param checking backends that are asked whether their server is still there
/// @param connecting connections that are being made
/// @param waiting tenants that wait
/// @param longestWaitNanos how long the first of them has waited
/// @param taken places of the login's budget that are taken, by the pools of all event loops
/// @param sizeMax places of the budget
/// @param paused whether nothing is lent for now
/// @param failure what went wrong since a connection was made, if anything
public record PoolReport(
        ShardLogin login,
        int lent,
        int idle,
        int checking,
        int connecting,
        int waiting,
        long longestWaitNanos,
        int taken,
        int sizeMax,
        boolean paused,
        Optional<String> failure) {}
