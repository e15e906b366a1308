package dev.pgbraid.config.key;

/// Why a text is not a value, in words that follow the name of a key: "must be at least 1".
///
/// The words never repeat the text, which may be a secret.
public final class BadValue extends Exception {
    private static final long serialVersionUID = 1;

    public BadValue(String message) {
        super(message, null, false, false);
    }

    /// The words.
    public String words() {
        return String.valueOf(getMessage());
    }
}
