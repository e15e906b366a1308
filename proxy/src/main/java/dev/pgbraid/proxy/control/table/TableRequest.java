package dev.pgbraid.proxy.control.table;

/// A change that somebody asks for.
///
/// @param role who asks, by the name that the shards know: the owner of the table or one who may act as its owner
public record TableRequest(TableChange change, String role, Cancellation cancellation) {}
