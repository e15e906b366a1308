package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.proxy.login.Applicant;
import dev.pgbraid.proxy.login.Replication;
import dev.pgbraid.proxy.session.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a client has asked for in its StartupMessage.
record LoginRequest(ProtocolVersion version, Applicant applicant, Settings settings) {
    private static final String SHARD = "pgbraid.shard";
    private static final int SECRET_BYTES = 4;
    private static final int LONG_SECRET_BYTES = 32;

    /// The length of the secret in its cancel key.
    int secretBytes() {
        return version.compareTo(ProtocolVersion.V3_2) >= 0 ? LONG_SECRET_BYTES : SECRET_BYTES;
    }

    boolean replicates() {
        return applicant.replication() != Replication.NONE;
    }

    /// The shard that is to be replicated, if the client names one.
    Optional<String> replicatedShard() {
        return Optional.ofNullable(settings.values().get(SHARD));
    }

    /// What a server is told to which this request is passed on.
    Map<String, String> replicationStartup() {
        Map<String, String> startup = new HashMap<>(settings.values());
        startup.remove(SHARD);
        startup.put("replication", applicant.replication() == Replication.PHYSICAL ? "true" : "database");
        return startup;
    }
}
