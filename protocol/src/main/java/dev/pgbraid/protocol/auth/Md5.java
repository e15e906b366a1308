package dev.pgbraid.protocol.auth;

import dev.pgbraid.protocol.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// MD5 password authentication, for old clients only: who reads the stored secret can log in with it.
public final class Md5 {
    private static final String PREFIX = "md5";

    private Md5() {}

    /// What PostgreSQL stores for the password of `user`.
    public static ByteString secret(ByteString user, ByteString password) {
        return ByteString.utf8(PREFIX + hash(password, user));
    }

    /// What a client that knows the stored secret answers to `salt`.
    public static ByteString response(ByteString secret, ByteString salt) {
        String stored = secret.toString();
        if (!stored.startsWith(PREFIX)) {
            throw new IllegalArgumentException("an MD5 secret starts with \"md5\"");
        }
        return ByteString.utf8(PREFIX + hash(ByteString.utf8(stored.substring(PREFIX.length())), salt));
    }

    /// Compares in a time that does not depend on where the two differ.
    public static boolean isResponseRight(ByteString secret, ByteString salt, ByteString response) {
        return Hashes.isEqual(response(secret, salt), response);
    }

    private static String hash(ByteString first, ByteString second) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(first.toByteArray());
            return HexFormat.of().formatHex(digest.digest(second.toByteArray()));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no MD5", missing);
        }
    }
}
