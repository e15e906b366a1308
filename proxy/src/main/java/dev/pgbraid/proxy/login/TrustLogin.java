package dev.pgbraid.proxy.login;

import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.ProtocolViolation;

/// A login without any proof.
final class TrustLogin implements LoginMethod {
    private final Users users;
    private final Applicant applicant;

    TrustLogin(Users users, Applicant applicant) {
        this.users = users;
        this.applicant = applicant;
    }

    @Override
    public Step begin() {
        return users.find(applicant.user()).map(Step.Accept::of).orElseThrow(() -> Refusals.unknownUser(applicant));
    }

    @Override
    public Step answered(Frame answer) {
        throw new ProtocolViolation("an answer where nothing was asked");
    }
}
