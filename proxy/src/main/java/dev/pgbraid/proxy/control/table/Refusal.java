package dev.pgbraid.proxy.control.table;

/// A reason why a change is not made, on its way to who asked for it.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final transient TableOutcome.Refused outcome;

    Refusal(String sqlState, String message, String hint) {
        super(message, null, false, false);
        this.outcome = new TableOutcome.Refused(sqlState, message, hint);
    }

    /// A refusal of what cannot be done to this table.
    static Refusal unsupported(String message, String hint) {
        return new Refusal("0A000", message, hint);
    }

    TableOutcome.Refused outcome() {
        return outcome;
    }
}
