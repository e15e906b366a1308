package dev.pgbraid.loadtest.wire;

/// Where and as whom a client connects.
public record Endpoint(String host, int port, String database, Login login) {

    /// The same database and login behind another port of this machine.
    public Endpoint behind(int proxyPort) {
        return new Endpoint("127.0.0.1", proxyPort, database, login);
    }

    @Override
    public String toString() {
        return login + "@" + host + ":" + port + "/" + database;
    }
}
