package dev.pgbraid.proxy.backend;

import dev.pgbraid.config.ShardTlsConfig;
import java.net.InetSocketAddress;

/// Where and as whom the backends of a pool log in.
public record ShardLogin(
        String shard,
        String host,
        int port,
        String database,
        String user,
        ShardCredential credential,
        ShardTlsConfig tls) {

    public ShardServer server() {
        return new ShardServer(shard, host, port, database);
    }

    /// Where the server is; not resolved.
    InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    @Override
    public String toString() {
        return shard + " (" + user + "@" + host + ":" + port + "/" + database + ")";
    }
}
