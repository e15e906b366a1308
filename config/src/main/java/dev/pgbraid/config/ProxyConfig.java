package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.NamedBlocks;
import dev.pgbraid.config.key.Values;
import java.util.List;

/// A whole configuration file.
///
/// @param listen where clients connect. Reload: no.
/// @param tls TLS towards clients. Reload: new connections.
/// @param auth who may log in. Reload: new logins.
/// @param databases the databases by name, at least one; the sessions of one that is removed end after their
///     transaction. Reload: new connections.
/// @param pools the connections kept to each shard, for each login. Reload: see its keys.
/// @param timeouts how long things may take that belong to no pool. Reload: see its keys.
/// @param peers the proxies that clients may reach in place of this one. Reload: see its keys.
/// @param limits what one proxy takes on before it refuses. Reload: see its keys.
/// @param logging what is logged. Reload: see its keys.
/// @param admin what operators use. Reload: see its keys.
public record ProxyConfig(
        ListenConfig listen,
        TlsConfig tls,
        AuthConfig auth,
        List<DatabaseConfig> databases,
        PoolConfig pools,
        TimeoutConfig timeouts,
        PeersConfig peers,
        LimitConfig limits,
        LoggingConfig logging,
        AdminConfig admin) {
    private static final Key<ListenConfig> LISTEN =
            Key.of("listen", ListenConfig.BLOCK).untilRestart();
    private static final Key<TlsConfig> TLS = Key.of("tls", TlsConfig.Enabled.BLOCK);
    private static final Key<AuthConfig> AUTH = Key.required("auth", AuthConfig.BLOCK);
    private static final Key<List<DatabaseConfig>> DATABASES =
            Key.required("databases", NamedBlocks.of(DatabaseConfig.NAME, DatabaseConfig.BLOCK));
    private static final Key<PoolConfig> POOLS = Key.of("pools", PoolConfig.BLOCK);
    private static final Key<TimeoutConfig> TIMEOUTS = Key.of("timeouts", TimeoutConfig.BLOCK);
    private static final Key<PeersConfig> PEERS = Key.of("peers", PeersConfig.BLOCK);
    private static final Key<LimitConfig> LIMITS = Key.of("limits", LimitConfig.BLOCK);
    private static final Key<LoggingConfig> LOGGING = Key.of("logging", LoggingConfig.BLOCK);
    private static final Key<AdminConfig> ADMIN = Key.of("admin", AdminConfig.BLOCK);

    static final Block<ProxyConfig> BLOCK = new Block<>(
            ProxyConfig.class,
            List.of(LISTEN, TLS, AUTH, DATABASES, POOLS, TIMEOUTS, PEERS, LIMITS, LOGGING, ADMIN),
            ProxyConfig::from);

    public ProxyConfig {
        databases = List.copyOf(databases);
        Invariants invariants = new Invariants()
                .require(DATABASES, !databases.isEmpty(), "must name at least one database")
                .requireDistinct(
                        DATABASES, databases.stream().map(DatabaseConfig::name).toList())
                .require(
                        TLS,
                        asksForCertificates(tls) || !needsCertificates(auth),
                        "must name a client-root-certificate, for a rule in auth has the method cert");
        requireKnown(invariants, AdminConfig.USERS, admin.users(), auth);
        requireKnown(invariants, AdminConfig.STATS_USERS, admin.statsUsers(), auth);
        for (DatabaseConfig database : databases) {
            invariants.require(
                    List.of(DATABASES.name(), database.name()),
                    !database.name().equals(AdminConfig.DATABASE),
                    "is the name of the admin database");
            invariants.require(
                    List.of(
                            DATABASES.name(),
                            database.name(),
                            DatabaseConfig.CONTROL.name(),
                            ControlConfig.USER.name()),
                    !database.isSharded() || database.control().user().isPresent(),
                    "is needed, for the database declares tables or schemas");
        }
        invariants.check();
    }

    private static void requireKnown(
            Invariants invariants, Key<List<String>> key, List<String> names, AuthConfig auth) {
        List<String> known = auth.users().stream().map(UserConfig::name).toList();
        for (String name : names) {
            invariants.require(
                    List.of(ADMIN.name(), key.name()),
                    known.contains(name),
                    "names " + name + ", who is not one of auth.users");
        }
    }

    private static boolean asksForCertificates(TlsConfig tls) {
        return tls instanceof TlsConfig.Enabled enabled
                && enabled.clientRootCertificate().isPresent();
    }

    private static boolean needsCertificates(AuthConfig auth) {
        return auth.rules().stream().anyMatch(rule -> rule.method() == LoginRuleConfig.Method.CERT);
    }

    private static ProxyConfig from(Values values) {
        return new ProxyConfig(
                values.get(LISTEN),
                values.get(TLS),
                values.get(AUTH),
                values.get(DATABASES),
                values.get(POOLS),
                values.get(TIMEOUTS),
                values.get(PEERS),
                values.get(LIMITS),
                values.get(LOGGING),
                values.get(ADMIN));
    }
}
