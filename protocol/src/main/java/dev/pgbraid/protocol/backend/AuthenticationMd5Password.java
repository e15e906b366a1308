package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;

/// Asks for the password hashed by MD5 with this salt.
public record AuthenticationMd5Password(ByteString salt) implements Authentication {
    static final int CODE = 5;
    private static final int SALT_LENGTH = 4;

    public AuthenticationMd5Password {
        if (salt.length() != SALT_LENGTH) {
            throw new IllegalArgumentException("the salt has 4 bytes, got " + salt.length());
        }
    }

    static AuthenticationMd5Password decodeAfterCode(MessageReader in) {
        ByteString salt = in.readBytes(SALT_LENGTH);
        in.end();
        return new AuthenticationMd5Password(salt);
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeInt32(CODE);
        out.writeBytes(salt);
    }
}
