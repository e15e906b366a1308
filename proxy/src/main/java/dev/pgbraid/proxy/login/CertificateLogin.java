package dev.pgbraid.proxy.login;

import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.ProtocolViolation;
import java.util.Optional;

/// A login by the client's certificate, whose common name must be the user's.
final class CertificateLogin implements LoginMethod {
    private final Applicant applicant;
    private final Optional<User> user;

    CertificateLogin(Applicant applicant, Optional<User> user) {
        this.applicant = applicant;
        this.user = user;
    }

    @Override
    public Step begin() {
        return applicant
                .certifiedName()
                .filter(applicant.user()::equals)
                .flatMap(_ -> user)
                .map(Step.Accept::of)
                .orElseThrow(() -> Refusals.wrongCertificate(applicant));
    }

    @Override
    public Step answered(Frame answer) {
        throw new ProtocolViolation("an answer where nothing was asked");
    }
}
