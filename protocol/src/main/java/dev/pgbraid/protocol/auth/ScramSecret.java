package dev.pgbraid.protocol.auth;

import dev.pgbraid.protocol.ByteString;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a server stores of a password: enough to check it, too little to log in with it.
public record ScramSecret(int iterations, ByteString salt, ByteString storedKey, ByteString serverKey) {
    /// PostgreSQL's own default.
    public static final int ITERATIONS_DEFAULT = 4096;

    static final int SALT_LENGTH = 16;

    private static final Pattern TEXT =
            Pattern.compile("SCRAM-SHA-256\\$(\\d{1,9}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)");

    public ScramSecret {
        if (iterations < 1) {
            throw new IllegalArgumentException("a SCRAM secret has at least one iteration, got " + iterations);
        }
        if (salt.isEmpty()) {
            throw new IllegalArgumentException("a SCRAM secret has a salt");
        }
        if (storedKey.length() != Hashes.LENGTH || serverKey.length() != Hashes.LENGTH) {
            throw new IllegalArgumentException("the keys of a SCRAM secret have 32 bytes");
        }
    }

    /// Reads the form in which PostgreSQL stores it: `SCRAM-SHA-256$iterations:salt$storedKey:serverKey`.
    public static ScramSecret parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            // The text may be a password by mistake, so it is not repeated.
            throw new IllegalArgumentException(
                    "not of the form SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>");
        }
        return new ScramSecret(
                Integer.parseInt(matcher.group(1)),
                decode(matcher.group(2)),
                decode(matcher.group(3)),
                decode(matcher.group(4)));
    }

    public static ScramSecret derive(ByteString password, ByteString salt, int iterations) {
        ScramKeys keys = ScramKeys.derive(password, salt, iterations);
        return new ScramSecret(iterations, salt, keys.storedKey(), keys.serverKey());
    }

    /// A secret that no password fits, for a user that does not exist.
    ///
    /// It is the same each time for the same key and user, so that the salt does not tell who exists. The key is
    /// random and must be kept for as long as clients may compare.
    public static ScramSecret mock(ByteString key, ByteString user, int iterations) {
        ByteString userKey = Hashes.hmac(key, user);
        byte[] salt = Hashes.hmac(userKey, "salt").toByteArray();
        return new ScramSecret(
                iterations,
                ByteString.copyOf(Arrays.copyOf(salt, SALT_LENGTH)),
                Hashes.hmac(userKey, "stored key"),
                Hashes.hmac(userKey, "server key"));
    }

    /// The form that [#parse(String)] reads.
    public String format() {
        return "SCRAM-SHA-256$" + iterations + ":" + encode(salt) + "$" + encode(storedKey) + ":" + encode(serverKey);
    }

    private static ByteString decode(String base64) {
        return ByteString.copyOf(Base64.getDecoder().decode(base64));
    }

    private static String encode(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /// Hides the keys.
    @Override
    public String toString() {
        return "ScramSecret[iterations=" + iterations + "]";
    }
}
