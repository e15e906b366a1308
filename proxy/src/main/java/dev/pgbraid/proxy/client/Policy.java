package dev.pgbraid.proxy.client;

import dev.pgbraid.config.AuthQueryConfig;
import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.LimitConfig;
import dev.pgbraid.config.LoggingConfig;
import dev.pgbraid.config.PeerConfig;
import dev.pgbraid.config.PoolConfig;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.config.Secret;
import dev.pgbraid.config.ShardConfig;
import dev.pgbraid.config.TimeoutConfig;
import dev.pgbraid.config.UserConfig;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.BackendPools;
import dev.pgbraid.proxy.backend.ShardCredential;
import dev.pgbraid.proxy.backend.ShardLogin;
import dev.pgbraid.proxy.login.Applicant;
import dev.pgbraid.proxy.login.LoginMethod;
import dev.pgbraid.proxy.login.LoginRules;
import dev.pgbraid.proxy.login.User;
import dev.pgbraid.router.sharding.ShardId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What one configuration says of clients, made ready. It never changes; a reload puts another one in its place.
final class Policy {
    private final ProxyConfig config;
    private final LoginRules rules;
    private final Map<String, DatabaseConfig> databases;

    private Policy(ProxyConfig config, LoginRules rules) {
        this.config = config;
        this.rules = rules;
        this.databases = config.databases().stream()
                .collect(Collectors.toUnmodifiableMap(DatabaseConfig::name, Function.identity()));
    }

    static Policy of(ProxyConfig config) {
        return new Policy(config, new LoginRules(config.auth()));
    }

    /// The policy of another configuration.
    Policy with(ProxyConfig next) {
        return new Policy(next, rules.with(next.auth()));
    }

    TimeoutConfig timeouts() {
        return config.timeouts();
    }

    /// The timeouts of a session.
    TimeoutConfig timeouts(Identity identity) {
        TimeoutConfig ofDatabase = Optional.ofNullable(databases.get(identity.database()))
                .map(database -> timeouts().with(database.timeouts()))
                .orElseGet(this::timeouts);
        return rules.users()
                .find(identity.user().name())
                .map(user -> ofDatabase.with(user.config().timeouts()))
                .orElse(ofDatabase);
    }

    PoolConfig pools() {
        return config.pools();
    }

    /// The proxy with this number, if the configuration knows it.
    Optional<PeerConfig> peer(int number) {
        return config.peers().proxies().stream()
                .filter(peer -> peer.number() == number)
                .findFirst();
    }

    LoggingConfig logging() {
        return config.logging();
    }

    LimitConfig limits() {
        return config.limits();
    }

    AuthQueryConfig userQuery() {
        return config.auth().query();
    }

    /// How a client has to log in.
    ///
    /// @param lookedUp the user, if one was looked up; those of the configuration go first
    LoginMethod method(Applicant applicant, Optional<User> lookedUp) {
        lookedUp.ifPresent(rules.users()::see);
        return rules.method(applicant, rules.users().find(applicant.user()).or(() -> lookedUp));
    }

    /// Whether the configuration names the user.
    boolean names(UserConfig user) {
        return rules.users().find(user.name()).isPresent();
    }

    /// Where users of a database are looked up, if they are.
    Optional<ShardLogin> userQueryLogin(String database) {
        return Optional.ofNullable(databases.get(database)).flatMap(this::userQueryLogin);
    }

    private Optional<ShardLogin> userQueryLogin(DatabaseConfig database) {
        Optional<Secret> password = userQuery().password();
        return userQuery()
                .user()
                .flatMap(
                        user -> password.map(secret -> shardLogins(database, user, new ShardCredential.Password(secret))
                                .getFirst()));
    }

    /// How a client that replicates logs in to its server.
    ///
    /// @param shard which one the client has named
    /// @throws ProxyException if that is not clear, or there may be no such client
    ShardLogin replicationLogin(Identity identity, Optional<String> shard) {
        List<ShardLogin> candidates = shardLogins(identity).stream()
                .filter(login -> shard.map(login.shard()::equals).orElse(true))
                .toList();
        if (candidates.size() != 1) {
            throw new ProxyException(
                    ErrorCode.REPLICATION_UNCLEAR,
                    "replication is of one server: " + candidates.size() + " shards of database \""
                            + identity.database() + "\" are meant",
                    "Name the shard: options='-c pgbraid.shard=NAME'.");
        }
        return candidates.getFirst();
    }

    /// The database of a client that replicates a whole server, which may have named none that there is.
    String databaseOfReplication(String named) {
        return databases.containsKey(named) || databases.size() != 1
                ? named
                : databases.keySet().iterator().next();
    }

    /// How a session logs in to the shards of its database, the home shard first.
    ///
    /// @throws ProxyException if there may be no such session
    List<ShardLogin> shardLogins(Identity identity) {
        DatabaseConfig database = databases.get(identity.database());
        if (database == null) {
            throw new ProxyException(
                    ErrorCode.DATABASE_UNKNOWN,
                    "database \"" + identity.database() + "\" does not exist",
                    "Databases are declared under databases in the proxy's configuration.");
        }
        UserConfig user = user(identity);
        ShardCredential credential = credential(user)
                .or(() -> identity.keys().map(ShardCredential.PassedThrough::new))
                .orElseThrow(() -> new ProxyException(
                        ErrorCode.LOGIN_REJECTED,
                        "user \"" + user.name() + "\" has no password for the shards",
                        "Without a shard-password users must log in by scram-sha-256."));
        return shardLogins(database, user.shardUser(), credential);
    }

    /// The shards of a database, in the order of the configuration.
    List<ShardId> shards(String database) {
        DatabaseConfig config = databases.get(database);
        List<ShardConfig> shards = config == null ? List.of() : config.shards();
        return IntStream.range(0, shards.size())
                .mapToObj(index -> new ShardId(index, shards.get(index).name()))
                .toList();
    }

    private UserConfig user(Identity identity) {
        Optional<UserConfig> named = rules.users().find(identity.user().name()).map(User::config);
        Optional<UserConfig> found =
                identity.lookedUp() && userQuery().user().isPresent() ? Optional.of(identity.user()) : Optional.empty();
        return named.or(() -> found)
                .orElseThrow(() -> new ProxyException(
                        ErrorCode.LOGIN_REJECTED,
                        "user \"" + identity.user().name() + "\" has been removed",
                        "Users are declared under auth in the proxy's configuration."));
    }

    /// What pools have to know.
    BackendPools.Terms poolTerms() {
        Set<ShardLogin> fixed = new HashSet<>(fixedLogins());
        return new BackendPools.Terms(
                config.pools(),
                config.timeouts().cancel(),
                config.timeouts().keepalive(),
                login -> fixed.contains(login) || isOfClient(login));
    }

    /// The logins that do not take a client to know them.
    List<ShardLogin> fixedLogins() {
        List<ShardLogin> logins = new ArrayList<>(userLogins());
        for (DatabaseConfig database : config.databases()) {
            userQueryLogin(database).ifPresent(logins::add);
        }
        return logins;
    }

    /// The logins that serve sessions, of the users whose password for the shards is known.
    List<ShardLogin> userLogins() {
        List<ShardLogin> logins = new ArrayList<>();
        for (DatabaseConfig database : config.databases()) {
            for (UserConfig user : config.auth().users()) {
                credential(user)
                        .ifPresent(credential -> logins.addAll(shardLogins(database, user.shardUser(), credential)));
            }
        }
        return logins;
    }

    /// Whether it takes a client to know such a login, by its proof or by the hash that was looked up for it.
    private boolean isOfClient(ShardLogin login) {
        boolean looksUp = userQuery().user().isPresent();
        boolean byClient = switch (login.credential()) {
            case ShardCredential.Password(Secret password) -> looksUp && UserConfig.isMd5(password);
            case ShardCredential.PassedThrough _ ->
                looksUp
                        || config.auth().users().stream()
                                .anyMatch(user -> credential(user).isEmpty()
                                        && user.shardUser().equals(login.user()));
        };
        return byClient
                && config.databases().stream()
                        .anyMatch(database -> shardLogins(database, login.user(), login.credential())
                                .contains(login));
    }

    private static Optional<ShardCredential> credential(UserConfig user) {
        return user.shardPassword().map(ShardCredential.Password::new);
    }

    private static List<ShardLogin> shardLogins(DatabaseConfig database, String user, ShardCredential credential) {
        return database.shards().stream()
                .map(shard -> new ShardLogin(
                        shard.name(), shard.host(), shard.port(), shard.database(), user, credential, shard.tls()))
                .toList();
    }
}
