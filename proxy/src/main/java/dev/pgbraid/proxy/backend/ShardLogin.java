package dev.pgbraid.proxy.backend;

import dev.pgbraid.config.ShardTlsConfig;

/// Where and as whom the backends of a pool log in.
public record ShardLogin(
        String shard,
        String host,
        int port,
        String database,
        String user,
        ShardCredential credential,
        ShardTlsConfig tls) {

    @Override
    public String toString() {
        return shard + " (" + user + "@" + host + ":" + port + "/" + database + ")";
    }
}
