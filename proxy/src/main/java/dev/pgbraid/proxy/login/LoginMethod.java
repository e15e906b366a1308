package dev.pgbraid.proxy.login;

import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.auth.ScramKeys;
import java.util.Optional;

/// How one client proves who it is. A proof that fails is a `ProxyException`; each object serves one login.
public sealed interface LoginMethod permits ScramLogin, Md5Login, CertificateLogin, TrustLogin {

    /// What comes of the client's first message.
    Step begin();

    /// What comes of an answer of the client's, a message of type `p`.
    Step answered(Frame answer);

    /// What is to be done next.
    sealed interface Step {

        /// Send this and wait for the answer.
        record Ask(Message message) implements Step {}

        /// Let the client in.
        ///
        /// @param keys what the proof revealed, which logs in wherever the same secret is stored
        /// @param farewell what the method has to say yet
        record Accept(User user, Optional<ScramKeys> keys, Optional<Message> farewell) implements Step {

            static Accept of(User user) {
                return new Accept(user, Optional.empty(), Optional.empty());
            }
        }
    }
}
