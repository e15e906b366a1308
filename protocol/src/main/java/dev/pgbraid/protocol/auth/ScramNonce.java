package dev.pgbraid.protocol.auth;

import java.security.SecureRandom;
import java.util.Base64;

/// What makes each SCRAM exchange a new one.
public final class ScramNonce {
    private static final int RANDOM_BYTES = 18;

    private ScramNonce() {}

    public static String random(SecureRandom random) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Whether `text` is printable ASCII without a comma, as RFC 5802 wants it.
    static boolean isLegal(String text) {
        return !text.isEmpty() && text.chars().allMatch(each -> each > ' ' && each < 0x7F && each != ',');
    }

    static String requireLegal(String nonce) {
        if (!isLegal(nonce)) {
            throw new IllegalArgumentException("a nonce is printable ASCII without a comma");
        }
        return nonce;
    }
}
