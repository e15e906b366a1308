package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Scalar;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// Which connections log in by which method.
///
/// @param name a name for the rule. Reload: new logins.
/// @param database the database that the rule is for. Reload: new logins.
/// @param user the user that the rule is for. Reload: new logins.
/// @param address the addresses that the rule is for, such as `10.0.0.0/8`, `::1/128` or one without a length.
///     Reload: new logins.
/// @param tls whether the rule is for connections with TLS, without it, or `any`. Reload: new logins.
/// @param method `scram-sha-256`; `md5` for old clients, where a user without an MD5 hash logs in by scram-sha-256;
///     `cert` (the common name of the client's certificate is the user's); `trust` (no proof); or `reject`.
///     Reload: new logins.
public record LoginRuleConfig(
        String name,
        Optional<String> database,
        Optional<String> user,
        Optional<AddressRange> address,
        Encryption tls,
        Method method) {
    static final Key<String> NAME = Key.required("name", Scalars.NAME);
    private static final Key<Optional<String>> DATABASE = Key.optional("database", Scalars.NAME, "all");
    private static final Key<Optional<String>> USER = Key.optional("user", Scalars.NAME, "all");
    private static final Key<Optional<AddressRange>> ADDRESS = Key.optional("address", Scalars.ADDRESSES, "all");
    private static final Key<Encryption> TLS =
            Key.of("tls", Scalar.choice(List.of(Encryption.values())), Encryption.ANY);
    private static final Key<Method> METHOD = Key.required("method", Scalar.choice(List.of(Method.values())));

    static final Block<LoginRuleConfig> BLOCK = new Block<>(
            LoginRuleConfig.class,
            List.of(DATABASE, USER, ADDRESS, TLS, METHOD),
            values -> new LoginRuleConfig(
                    values.names().getLast(),
                    values.get(DATABASE),
                    values.get(USER),
                    values.get(ADDRESS),
                    values.get(TLS),
                    values.get(METHOD)));

    /// Which connections a rule is for.
    public enum Encryption {
        ANY,
        WITH,
        WITHOUT
    }

    /// How a client proves who it is.
    public enum Method {
        SCRAM_SHA_256,
        MD5,
        CERT,
        TRUST,
        REJECT
    }

    public LoginRuleConfig {
        new Invariants()
                .require(NAME, name)
                .require(DATABASE, database)
                .require(USER, user)
                .require(
                        TLS,
                        method != Method.CERT || tls != Encryption.WITHOUT,
                        "must not be without for method cert, which needs it")
                .check();
    }

    /// Whether the rule is for such a connection.
    public boolean fits(String givenDatabase, String givenUser, InetAddress from, boolean encrypted) {
        return database.map(givenDatabase::equals).orElse(true)
                && user.map(givenUser::equals).orElse(true)
                && address.map(range -> range.contains(from)).orElse(true)
                && switch (tls) {
                    case ANY -> true;
                    case WITH -> encrypted;
                    case WITHOUT -> !encrypted;
                };
    }
}
