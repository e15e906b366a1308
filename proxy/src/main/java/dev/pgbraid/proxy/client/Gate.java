package dev.pgbraid.proxy.client;

import dev.pgbraid.config.AuthQueryConfig;
import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.config.ShardConfig;
import dev.pgbraid.config.TimeoutConfig;
import dev.pgbraid.config.UserConfig;
import dev.pgbraid.protocol.auth.ScramKeys;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.ShardCredential;
import dev.pgbraid.proxy.backend.ShardLogin;
import dev.pgbraid.proxy.login.Applicant;
import dev.pgbraid.proxy.login.LoginMethod;
import dev.pgbraid.proxy.login.LoginRules;
import dev.pgbraid.proxy.login.Throttle;
import dev.pgbraid.proxy.login.User;
import dev.pgbraid.proxy.net.Tls;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What decides who comes in. Shared by all event loops.
final class Gate {
    private final TimeoutConfig timeouts;
    private final int clientsMax;
    private final int loginsMax;
    private final Throttle throttle;
    private final Tls tls;
    private final LoginRules rules;
    private final AuthQueryConfig userQuery;
    private final Map<String, DatabaseConfig> databases;
    private final CancelKeys cancelKeys = new CancelKeys();
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger logins = new AtomicInteger();

    Gate(ProxyConfig config, Tls tls) {
        this.timeouts = config.timeouts();
        this.clientsMax = config.limits().clientsMax();
        this.loginsMax = config.limits().loginsMax();
        this.throttle = new Throttle(config.limits().loginFailuresMax());
        this.tls = tls;
        this.rules = new LoginRules(config.auth());
        this.userQuery = config.auth().query();
        this.databases = config.databases().stream()
                .collect(Collectors.toUnmodifiableMap(DatabaseConfig::name, Function.identity()));
    }

    TimeoutConfig timeouts() {
        return timeouts;
    }

    /// How a client has to log in.
    ///
    /// @param lookedUp the user, if one was looked up; those of the configuration go first
    LoginMethod method(Applicant applicant, Optional<User> lookedUp) {
        return rules.method(applicant, rules.users().find(applicant.user()).or(() -> lookedUp));
    }

    AuthQueryConfig userQuery() {
        return userQuery;
    }

    /// Where users of a database are looked up, if they are.
    Optional<ShardLogin> userQueryLogin(String database) {
        return Optional.ofNullable(databases.get(database)).flatMap(found -> {
            ShardConfig home = found.shards().getFirst();
            return userQuery
                    .user()
                    .flatMap(user -> userQuery
                            .password()
                            .map(password -> shardLogin(home, user, new ShardCredential.Password(password))));
        });
    }

    /// Refuses who has failed too often lately.
    void requireAdmitted(Applicant applicant) {
        if (!throttle.admits(applicant.address())) {
            throw new ProxyException(
                    ErrorCode.TOO_MANY_LOGINS,
                    "too many logins from " + applicant.address().getHostAddress() + " have failed",
                    "Wait a minute; see limits.login-failures-max.");
        }
    }

    CancelKeys cancelKeys() {
        return cancelKeys;
    }

    Tls tls() {
        return tls;
    }

    /// Counts a connection in that has yet to log in, if there is room.
    boolean beginLogin() {
        return enter(logins, loginsMax);
    }

    void endLogin() {
        logins.decrementAndGet();
    }

    Throttle throttle() {
        return throttle;
    }

    /// Counts a client in, if there is room.
    boolean enter() {
        return enter(clients, clientsMax);
    }

    private static boolean enter(AtomicInteger count, int max) {
        if (count.incrementAndGet() <= max) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    void leave() {
        clients.decrementAndGet();
    }

    int clients() {
        return clients.get();
    }

    void requireEncryption(boolean encrypted) {
        if (tls.isRequiredOfClients() && !encrypted) {
            throw new ProxyException(
                    ErrorCode.ENCRYPTION_REQUIRED, "connections must use TLS", "Connect with sslmode=require.");
        }
    }

    /// How a user's sessions on a database log in to its shard.
    ShardLogin shardLogin(String database, UserConfig user, Optional<ScramKeys> keys) {
        DatabaseConfig found = databases.get(database);
        if (found == null) {
            throw new ProxyException(
                    ErrorCode.DATABASE_UNKNOWN,
                    "database \"" + database + "\" does not exist",
                    "Databases are declared under databases in the proxy's configuration.");
        }
        ShardCredential credential = credential(user)
                .or(() -> keys.map(ShardCredential.PassedThrough::new))
                .orElseThrow(() -> new ProxyException(
                        ErrorCode.LOGIN_REJECTED,
                        "user \"" + user.name() + "\" has no password for the shards",
                        "Without a shard-password users must log in by scram-sha-256."));
        return shardLogin(found, user, credential);
    }

    /// What the configuration says that backends of a user log in with, if it does.
    static Optional<ShardCredential> credential(UserConfig user) {
        return user.shardPassword().map(ShardCredential.Password::new);
    }

    static ShardLogin shardLogin(DatabaseConfig database, UserConfig user, ShardCredential credential) {
        return shardLogin(database.shards().getFirst(), user.shardUser(), credential);
    }

    private static ShardLogin shardLogin(ShardConfig shard, String user, ShardCredential credential) {
        return new ShardLogin(
                shard.name(), shard.host(), shard.port(), shard.database(), user, credential, shard.tls());
    }
}
