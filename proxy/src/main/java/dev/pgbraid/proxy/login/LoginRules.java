package dev.pgbraid.proxy.login;

import dev.pgbraid.config.AuthConfig;
import dev.pgbraid.config.LoginRuleConfig;
import dev.pgbraid.config.LoginRuleConfig.Method;
import java.util.List;
import java.util.Optional;

/// Which clients log in by which method.
public final class LoginRules {
    private static final String REPLICATION = "replication";

    private final Users users;
    private final List<LoginRuleConfig> rules;

    public LoginRules(AuthConfig config) {
        this.users = new Users(config.users());
        this.rules = config.rules();
    }

    private LoginRules(Users users, List<LoginRuleConfig> rules) {
        this.users = users;
        this.rules = rules;
    }

    /// The rules of another configuration.
    public LoginRules with(AuthConfig config) {
        return new LoginRules(users.with(config.users()), config.rules());
    }

    /// The users that the configuration names.
    public Users users() {
        return users;
    }

    /// The method for a client.
    ///
    /// @param user who it says that it is, if there is such a user
    /// @throws dev.pgbraid.proxy.ProxyException where it may not come in at all
    public LoginMethod method(Applicant applicant, Optional<User> user) {
        return switch (methodFor(applicant)) {
            case SCRAM_SHA_256 -> new ScramLogin(users, applicant, user);
            case MD5 ->
                users.md5Secret(applicant.user(), user)
                        .<LoginMethod>map(secret -> new Md5Login(users, applicant, user, secret))
                        .orElseGet(() -> new ScramLogin(users, applicant, user));
            case CERT -> new CertificateLogin(applicant, user);
            case TRUST -> new TrustLogin(applicant, user);
            case REJECT -> throw Refusals.rejected(applicant);
        };
    }

    /// As in PostgreSQL, physical replication is of no database: a rule must say `replication` in its place, and one
    /// for all databases is not for that.
    private static boolean fits(LoginRuleConfig rule, Applicant applicant) {
        boolean isPhysical = applicant.replication() == Replication.PHYSICAL;
        String database = isPhysical ? REPLICATION : applicant.database();
        return (!isPhysical || rule.database().isPresent())
                && rule.fits(database, applicant.user(), applicant.address(), applicant.encrypted());
    }

    private Method methodFor(Applicant applicant) {
        if (rules.isEmpty()) {
            return Method.SCRAM_SHA_256;
        }
        return rules.stream()
                .filter(rule -> fits(rule, applicant))
                .findFirst()
                .orElseThrow(() -> Refusals.noRule(applicant))
                .method();
    }
}
