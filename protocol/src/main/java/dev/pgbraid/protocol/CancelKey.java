package dev.pgbraid.protocol;

/// What a client must show to have a session's query cancelled.
///
/// The secret had 4 bytes up to protocol 3.0 and may have 256 since 3.2.
public record CancelKey(int processId, ByteString secret) {
    public static final int SECRET_LENGTH_MIN = 4;
    public static final int SECRET_LENGTH_MAX = 256;

    public CancelKey {
        if (!isLegal(secret)) {
            throw new IllegalArgumentException(problem(secret));
        }
    }

    /// Reads a key that is the rest of its message.
    public static CancelKey read(MessageReader in) {
        int processId = in.readInt32();
        ByteString secret = in.readRemaining();
        if (!isLegal(secret)) {
            throw in.violation(problem(secret));
        }
        return new CancelKey(processId, secret);
    }

    public void write(MessageWriter out) {
        out.writeInt32(processId);
        out.writeBytes(secret);
    }

    private static boolean isLegal(ByteString secret) {
        return secret.length() >= SECRET_LENGTH_MIN && secret.length() <= SECRET_LENGTH_MAX;
    }

    private static String problem(ByteString secret) {
        return "a cancel key has " + SECRET_LENGTH_MIN + ".." + SECRET_LENGTH_MAX + " bytes, got " + secret.length();
    }

    /// Hides the secret.
    @Override
    public String toString() {
        return "CancelKey[processId=" + processId + ", secret=***]";
    }
}
