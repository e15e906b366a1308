package dev.pgbraid.proxy.control.placement;

/// The placement cannot be read or changed for now.
public final class StoreFailure extends Exception {
    private static final long serialVersionUID = 1;

    public StoreFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreFailure(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
