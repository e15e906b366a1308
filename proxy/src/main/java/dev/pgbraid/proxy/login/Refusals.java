package dev.pgbraid.proxy.login;

import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;

/// What clients are told that may not come in.
final class Refusals {
    private static final String USERS_HINT = "Users are declared under auth.users in the proxy's configuration.";
    private static final String RULES_HINT = "See auth.rules in the proxy's configuration.";

    private Refusals() {}

    /// Or an unknown user: nobody can tell.
    static ProxyException wrongPassword(Applicant applicant) {
        return new ProxyException(
                ErrorCode.LOGIN_REFUSED,
                "password authentication failed for user \"" + applicant.user() + "\"",
                USERS_HINT);
    }

    static ProxyException wrongCertificate(Applicant applicant) {
        return new ProxyException(
                ErrorCode.LOGIN_REJECTED,
                "certificate authentication failed for user \"" + applicant.user() + "\"",
                "The common name of the client's certificate must be the user's name.");
    }

    static ProxyException unknownUser(Applicant applicant) {
        return new ProxyException(
                ErrorCode.LOGIN_REJECTED, "user \"" + applicant.user() + "\" does not exist", USERS_HINT);
    }

    static ProxyException rejected(Applicant applicant) {
        return new ProxyException(ErrorCode.LOGIN_REJECTED, "a rule rejects " + connection(applicant), RULES_HINT);
    }

    static ProxyException noRule(Applicant applicant) {
        return new ProxyException(ErrorCode.LOGIN_REJECTED, "no rule is for " + connection(applicant), RULES_HINT);
    }

    private static String connection(Applicant applicant) {
        return "connections of user \"" + applicant.user() + "\" from "
                + applicant.address().getHostAddress() + " to database \"" + applicant.database() + "\" "
                + (applicant.encrypted() ? "with" : "without") + " TLS";
    }
}
