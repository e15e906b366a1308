package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.MessageReader;

/// A step of the login: the outcome, or what the server asks for next. An `Int32` code tells which.
public sealed interface Authentication extends BackendMessage
        permits AuthenticationCleartextPassword,
                AuthenticationGss,
                AuthenticationGssContinue,
                AuthenticationKerberosV5,
                AuthenticationMd5Password,
                AuthenticationOk,
                AuthenticationSasl,
                AuthenticationSaslContinue,
                AuthenticationSaslFinal,
                AuthenticationSspi {

    /// Decodes the code and, by the method that belongs to it, what follows.
    static Authentication decode(MessageReader in) {
        int code = in.readInt32();
        return switch (code) {
            case AuthenticationOk.CODE -> AuthenticationOk.decodeAfterCode(in.named("AuthenticationOk"));
            case AuthenticationKerberosV5.CODE ->
                AuthenticationKerberosV5.decodeAfterCode(in.named("AuthenticationKerberosV5"));
            case AuthenticationCleartextPassword.CODE ->
                AuthenticationCleartextPassword.decodeAfterCode(in.named("AuthenticationCleartextPassword"));
            case AuthenticationMd5Password.CODE ->
                AuthenticationMd5Password.decodeAfterCode(in.named("AuthenticationMd5Password"));
            case AuthenticationGss.CODE -> AuthenticationGss.decodeAfterCode(in.named("AuthenticationGss"));
            case AuthenticationGssContinue.CODE ->
                AuthenticationGssContinue.decodeAfterCode(in.named("AuthenticationGssContinue"));
            case AuthenticationSspi.CODE -> AuthenticationSspi.decodeAfterCode(in.named("AuthenticationSspi"));
            case AuthenticationSasl.CODE -> AuthenticationSasl.decodeAfterCode(in.named("AuthenticationSasl"));
            case AuthenticationSaslContinue.CODE ->
                AuthenticationSaslContinue.decodeAfterCode(in.named("AuthenticationSaslContinue"));
            case AuthenticationSaslFinal.CODE ->
                AuthenticationSaslFinal.decodeAfterCode(in.named("AuthenticationSaslFinal"));
            default -> throw in.violation("unknown authentication request " + code);
        };
    }

    @Override
    default byte tag() {
        return 'R';
    }
}
