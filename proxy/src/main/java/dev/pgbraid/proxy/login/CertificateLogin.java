package dev.pgbraid.proxy.login;

import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.ProtocolViolation;

/// A login by the client's certificate, whose common name must be the user's.
final class CertificateLogin implements LoginMethod {
    private final Users users;
    private final Applicant applicant;

    CertificateLogin(Users users, Applicant applicant) {
        this.users = users;
        this.applicant = applicant;
    }

    @Override
    public Step begin() {
        return applicant
                .certifiedName()
                .filter(applicant.user()::equals)
                .flatMap(users::find)
                .map(Step.Accept::of)
                .orElseThrow(() -> Refusals.wrongCertificate(applicant));
    }

    @Override
    public Step answered(Frame answer) {
        throw new ProtocolViolation("an answer where nothing was asked");
    }
}
