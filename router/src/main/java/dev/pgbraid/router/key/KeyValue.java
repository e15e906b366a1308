package dev.pgbraid.router.key;

/// A value of a key column, in the form in which PostgreSQL hashes and compares it.
///
/// Two values of one type are equal here exactly when PostgreSQL's `=` says so.
public sealed interface KeyValue permits KeyValue.Null, Whole, Decimal, Octets {

    /// SQL's NULL. It has no hash: PostgreSQL skips it.
    enum Null implements KeyValue {
        NULL
    }

    /// The hash of a row whose columns before this one gave `row`.
    default long addTo(long row) {
        return switch (this) {
            case Null _ -> row;
            case Whole(long value) -> PartitionHash.combine(row, PartitionHash.ofWhole(value));
            case Decimal decimal -> PartitionHash.combine(row, decimal.hash());
            case Octets octets -> PartitionHash.combine(row, octets.hash());
        };
    }

    /// The order of two values of one type, neither of them NULL; that of texts is the order of `COLLATE "C"`.
    static int compare(KeyValue left, KeyValue right) {
        if (left instanceof Whole(long a) && right instanceof Whole(long b)) {
            return Long.compare(a, b);
        }
        if (left instanceof Decimal a && right instanceof Decimal b) {
            return a.compareTo(b);
        }
        if (left instanceof Octets a && right instanceof Octets b) {
            return a.compareTo(b);
        }
        throw new IllegalArgumentException("no order between " + left + " and " + right);
    }
}
