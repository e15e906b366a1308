package dev.pgbraid.router.key;

import java.math.BigDecimal;

/// A `numeric`: a number of any length, or one of three that are none.
public final class Decimal implements KeyValue, Comparable<Decimal> {
    public static final Decimal NEGATIVE_INFINITY = new Decimal(Rank.NEGATIVE_INFINITY);
    public static final Decimal POSITIVE_INFINITY = new Decimal(Rank.POSITIVE_INFINITY);
    public static final Decimal NAN = new Decimal(Rank.NAN);

    private static final int BASE_DIGITS = 4;

    private final Rank rank;
    private final BigDecimal number;

    /// In PostgreSQL's order.
    private enum Rank {
        NEGATIVE_INFINITY,
        NUMBER,
        POSITIVE_INFINITY,
        NAN
    }

    private Decimal(Rank rank) {
        this.rank = rank;
        this.number = BigDecimal.ZERO;
    }

    /// `1.0` and `1.00` are one value.
    public Decimal(BigDecimal number) {
        this.rank = Rank.NUMBER;
        this.number = number.stripTrailingZeros();
    }

    /// Whether this is neither infinite nor NaN.
    public boolean isNumber() {
        return rank == Rank.NUMBER;
    }

    /// The number, without zeros at its end.
    public BigDecimal number() {
        if (!isNumber()) {
            throw new IllegalStateException(this + " is not a number");
        }
        return number;
    }

    /// What `hash_numeric_extended` gives: the digits to the base 10,000 and the place of the first, but no sign.
    long hash() {
        if (!isNumber()) {
            return PartitionHash.SEED;
        }
        if (number.signum() == 0) {
            return PartitionHash.SEED - 1;
        }
        String decimals = number.unscaledValue().abs().toString();
        int zerosBehind = Math.floorMod(-number.scale(), BASE_DIGITS);
        int length = decimals.length() + zerosBehind;
        int count = (length + BASE_DIGITS - 1) / BASE_DIGITS;
        byte[] digits = new byte[2 * count];
        int at = length - BASE_DIGITS * count;
        for (int i = 0; i < count; i++, at += BASE_DIGITS) {
            int digit = digit(decimals, at);
            digits[2 * i] = (byte) digit;
            digits[2 * i + 1] = (byte) (digit >> 8);
        }
        int weight = count - 1 + (-number.scale() - zerosBehind) / BASE_DIGITS;
        return PartitionHash.ofBytes(digits, 0, digits.length) ^ weight;
    }

    /// The four decimal places from `at`; those outside of `decimals` are zeros.
    private static int digit(String decimals, int at) {
        int digit = 0;
        for (int i = at; i < at + BASE_DIGITS; i++) {
            boolean isInside = i >= 0 && i < decimals.length();
            digit = 10 * digit + (isInside ? decimals.charAt(i) - '0' : 0);
        }
        return digit;
    }

    @Override
    public int compareTo(Decimal that) {
        return rank == that.rank ? number.compareTo(that.number) : rank.compareTo(that.rank);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Decimal that && rank == that.rank && number.equals(that.number);
    }

    @Override
    public int hashCode() {
        return 31 * rank.hashCode() + number.hashCode();
    }

    @Override
    public String toString() {
        return switch (rank) {
            case NEGATIVE_INFINITY -> "-Infinity";
            case NUMBER -> number.toPlainString();
            case POSITIVE_INFINITY -> "Infinity";
            case NAN -> "NaN";
        };
    }
}
