package dev.pgbraid.proxy.login;

import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.ProtocolViolation;
import java.util.Optional;

/// A login without any proof.
final class TrustLogin implements LoginMethod {
    private final Applicant applicant;
    private final Optional<User> user;

    TrustLogin(Applicant applicant, Optional<User> user) {
        this.applicant = applicant;
        this.user = user;
    }

    @Override
    public Step begin() {
        return user.map(Step.Accept::of).orElseThrow(() -> Refusals.unknownUser(applicant));
    }

    @Override
    public Step answered(Frame answer) {
        throw new ProtocolViolation("an answer where nothing was asked");
    }
}
