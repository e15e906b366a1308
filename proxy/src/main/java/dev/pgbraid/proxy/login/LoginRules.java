package dev.pgbraid.proxy.login;

import dev.pgbraid.config.AuthConfig;
import dev.pgbraid.config.LoginRuleConfig;
import dev.pgbraid.config.LoginRuleConfig.Method;
import java.util.List;

/// Which clients log in by which method.
public final class LoginRules {
    private final Users users;
    private final List<LoginRuleConfig> rules;

    public LoginRules(AuthConfig config) {
        this.users = new Users(config.users());
        this.rules = config.rules();
    }

    /// The method for a client.
    ///
    /// @throws dev.pgbraid.proxy.ProxyException where it may not come in at all
    public LoginMethod method(Applicant applicant) {
        return switch (methodFor(applicant)) {
            case SCRAM_SHA_256 -> new ScramLogin(users, applicant);
            case MD5 ->
                users.md5Secret(applicant.user())
                        .<LoginMethod>map(secret -> new Md5Login(users, applicant, secret))
                        .orElseGet(() -> new ScramLogin(users, applicant));
            case CERT -> new CertificateLogin(users, applicant);
            case TRUST -> new TrustLogin(users, applicant);
            case REJECT -> throw Refusals.rejected(applicant);
        };
    }

    private Method methodFor(Applicant applicant) {
        if (rules.isEmpty()) {
            return Method.SCRAM_SHA_256;
        }
        return rules.stream()
                .filter(rule ->
                        rule.fits(applicant.database(), applicant.user(), applicant.address(), applicant.encrypted()))
                .findFirst()
                .orElseThrow(() -> Refusals.noRule(applicant))
                .method();
    }
}
