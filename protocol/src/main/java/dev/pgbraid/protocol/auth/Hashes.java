package dev.pgbraid.protocol.auth;

import dev.pgbraid.protocol.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The functions of RFC 5802 §2.2 with SHA-256.
final class Hashes {
    static final int LENGTH = 32;

    private static final String HMAC = "HmacSHA256";

    private Hashes() {}

    static ByteString hash(ByteString data) {
        try {
            return ByteString.copyOf(MessageDigest.getInstance("SHA-256").digest(data.toByteArray()));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }

    static ByteString hmac(ByteString key, ByteString message) {
        return ByteString.copyOf(mac(key).doFinal(message.toByteArray()));
    }

    static ByteString hmac(ByteString key, String message) {
        return hmac(key, ByteString.copyOf(message.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// `Hi`: the password, salted and hashed `iterations` times.
    static ByteString saltedPassword(ByteString password, ByteString salt, int iterations) {
        Mac mac = mac(password);
        byte[] round = mac.doFinal(ByteBuffer.allocate(salt.length() + Integer.BYTES)
                .put(salt.toByteArray())
                .putInt(1)
                .array());
        byte[] result = round.clone();
        for (int i = 1; i < iterations; i++) {
            round = mac.doFinal(round);
            xorInto(result, round);
        }
        return ByteString.copyOf(result);
    }

    static ByteString xor(ByteString left, ByteString right) {
        byte[] result = left.toByteArray();
        xorInto(result, right.toByteArray());
        return ByteString.copyOf(result);
    }

    /// Compares in a time that does not depend on where the two differ.
    static boolean isEqual(ByteString left, ByteString right) {
        return MessageDigest.isEqual(left.toByteArray(), right.toByteArray());
    }

    private static void xorInto(byte[] result, byte[] other) {
        for (int i = 0; i < result.length; i++) {
            result[i] ^= other[i];
        }
    }

    private static Mac mac(ByteString key) {
        // Java refuses an empty key; HMAC pads keys with zeros, so one zero is the same key.
        byte[] bytes = key.isEmpty() ? new byte[1] : key.toByteArray();
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(bytes, HMAC));
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + HMAC, missing);
        }
    }
}
