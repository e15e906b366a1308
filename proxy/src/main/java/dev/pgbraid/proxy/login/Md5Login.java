package dev.pgbraid.proxy.login;

import dev.pgbraid.config.Secret;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.auth.Md5;
import dev.pgbraid.protocol.backend.AuthenticationMd5Password;
import dev.pgbraid.protocol.frontend.PasswordMessage;
import java.util.Optional;

/// A login by an MD5 hash, for clients that know nothing better.
final class Md5Login implements LoginMethod {
    private static final int SALT_BYTES = 4;

    private final Applicant applicant;
    private final Optional<User> user;
    private final Secret secret;
    private final ByteString salt;

    Md5Login(Users users, Applicant applicant, Optional<User> user, Secret secret) {
        this.applicant = applicant;
        this.user = user;
        this.secret = secret;
        this.salt = users.randomBytes(SALT_BYTES);
    }

    @Override
    public Step begin() {
        return new Step.Ask(new AuthenticationMd5Password(salt));
    }

    @Override
    public Step answered(Frame answer) {
        ByteString response =
                PasswordMessage.decode(answer.body("PasswordMessage")).password();
        boolean right = Md5.isResponseRight(ByteString.utf8(secret.reveal()), salt, response);
        return user.filter(_ -> right).map(Step.Accept::of).orElseThrow(() -> Refusals.wrongPassword(applicant));
    }
}
