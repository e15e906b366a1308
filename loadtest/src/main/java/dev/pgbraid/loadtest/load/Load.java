package dev.pgbraid.loadtest.load;

/// A number of clients that run one kind of transaction, each the next as soon as it has the answer to the last.
public record Load(Mode mode, int clients, Extent extent) {

    /// How long a load goes on.
    public sealed interface Extent {

        record Seconds(int seconds) implements Extent {}

        record TransactionsPerClient(int transactions) implements Extent {}
    }

    public static Load seconds(Mode mode, int clients, int seconds) {
        return new Load(mode, clients, new Extent.Seconds(seconds));
    }

    public static Load transactionsPerClient(Mode mode, int clients, int transactions) {
        return new Load(mode, clients, new Extent.TransactionsPerClient(transactions));
    }
}
