package dev.pgbraid.proxy.backend;

/// The database of a server that is a shard.
public record ShardServer(String shard, String host, int port, String database) {}
