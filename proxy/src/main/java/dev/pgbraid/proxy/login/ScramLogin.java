package dev.pgbraid.proxy.login;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.auth.ScramKeys;
import dev.pgbraid.protocol.auth.ScramMechanism;
import dev.pgbraid.protocol.auth.ScramNonce;
import dev.pgbraid.protocol.auth.ScramSecret;
import dev.pgbraid.protocol.auth.ScramServer;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.protocol.backend.AuthenticationSaslContinue;
import dev.pgbraid.protocol.backend.AuthenticationSaslFinal;
import dev.pgbraid.protocol.frontend.SaslInitialResponse;
import dev.pgbraid.protocol.frontend.SaslResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A login by SCRAM-SHA-256, bound to the channel where there is something to bind it to.
final class ScramLogin implements LoginMethod {
    private final Users users;
    private final Applicant applicant;
    private final Optional<User> user;
    private final ScramSecret secret;
    private @Nullable ScramServer exchange;

    ScramLogin(Users users, Applicant applicant, Optional<User> user) {
        this.users = users;
        this.applicant = applicant;
        this.user = user;
        this.secret = users.scramSecret(applicant.user(), user);
    }

    @Override
    public Step begin() {
        return new Step.Ask(new AuthenticationSasl(ScramMechanism.offer(applicant.binding())));
    }

    @Override
    public Step answered(Frame answer) {
        if (exchange == null) {
            return new Step.Ask(challenge(SaslInitialResponse.decode(answer.body("SASLInitialResponse"))));
        }
        SaslResponse response = SaslResponse.decode(answer.body("SASLResponse"));
        return switch (exchange.finish(response.data())) {
            case ScramServer.Outcome.Accepted(ByteString serverFinal, ByteString clientKey) ->
                accept(serverFinal, new ScramKeys(clientKey, secret.serverKey()));
            case ScramServer.Outcome.Rejected() -> throw Refusals.wrongPassword(applicant);
        };
    }

    private AuthenticationSaslContinue challenge(SaslInitialResponse response) {
        ScramMechanism mechanism = ScramMechanism.choose(List.of(response.mechanism()), applicant.binding())
                .orElseThrow(() -> new ProtocolViolation("client selected an invalid SASL authentication mechanism"));
        ScramServer begun = new ScramServer(mechanism, applicant.binding(), secret, ScramNonce.random(users.random()));
        exchange = begun;
        return new AuthenticationSaslContinue(begun.challenge(
                switch (response.response()) {
                    case WireValue.Bytes(ByteString bytes) -> bytes;
                    case WireValue.Null _ -> ByteString.EMPTY;
                }));
    }

    private Step accept(ByteString serverFinal, ScramKeys keys) {
        User known = user.orElseThrow(() -> Refusals.wrongPassword(applicant));
        return new Step.Accept(known, Optional.of(keys), Optional.of(new AuthenticationSaslFinal(serverFinal)));
    }
}
