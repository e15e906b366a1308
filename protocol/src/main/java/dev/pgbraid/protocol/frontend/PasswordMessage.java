package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// The answer to a request for a password: in clear text, or hashed by MD5.
public record PasswordMessage(ByteString password) implements FrontendMessage {
    public static PasswordMessage decode(MessageReader in) {
        ByteString password = in.readCString();
        in.end();
        return new PasswordMessage(password);
    }

    /// Hides the password.
    @Override
    public String toString() {
        return "PasswordMessage[password=***]";
    }

    @Override
    public byte tag() {
        return 'p';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeCString(password);
    }
}
