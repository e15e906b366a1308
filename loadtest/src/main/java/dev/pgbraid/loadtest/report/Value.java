package dev.pgbraid.loadtest.report;

import dev.pgbraid.loadtest.measure.Spread;

/// One cell of a table.
public sealed interface Value {

    record Text(String text) implements Value {}

    record Measured(double number, int decimals) implements Value {}

    record Ranged(Spread spread, int decimals) implements Value {}

    /// Nothing was measured; a note of the section says why.
    record Missing() implements Value {}

    static Value text(String text) {
        return new Text(text);
    }

    static Value number(double number, int decimals) {
        return new Measured(number, decimals);
    }

    static Value range(Spread spread, int decimals) {
        return new Ranged(spread, decimals);
    }

    static Value missing() {
        return new Missing();
    }
}
