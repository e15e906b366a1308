package dev.pgbraid.proxy;

/// An error of the proxy's own, on its way to a client or to whoever started the proxy.
///
/// The message starts with the shard's name when there is one; the hint says what can be done.
public final class ProxyException extends RuntimeException {
    private final ErrorCode code;
    private final String message;
    private final String hint;

    public ProxyException(ErrorCode code, String message, String hint) {
        super(message, null, false, false);
        this.code = code;
        this.message = message;
        this.hint = hint;
    }

    @Override
    public String getMessage() {
        return message;
    }

    public ErrorCode code() {
        return code;
    }

    public String hint() {
        return hint;
    }
}
