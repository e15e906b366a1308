package dev.pgbraid.loadtest.contender;

import dev.pgbraid.loadtest.wire.Endpoint;
/// How a proxy is set up: the same for every product, as far as each has the setting.
///
/// @param server the database behind it, with the plain password
/// @param verifier the SCRAM verifier that clients are checked against
/// @param threads threads that carry traffic; 0 for the product's own choice
/// @param poolSize connections to the server

public record ProxySettings(Endpoint server, String verifier, int threads, int poolSize) {

    static final int CLIENTS_MAX = 12_000;

    @Override
    public String toString() {
        return "proxy of " + server + " with " + poolSize + " connections";
    }
}
