package dev.pgbraid.proxy.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/// How often what happened.
final class Tally {
    private static final int DIFFERENCES_SHOWN_MAX = 10;
    private static final boolean SHOWS_REFUSALS = Boolean.getBoolean("pgbraid.differential.refusals");
    private static final int PERCENT = 100;

    private int same;
    private int refused;
    private final List<String> differences = new ArrayList<>();

    /// Counts what came of a statement.
    ///
    /// @param how by which protocol and the like
    void count(Statement statement, String how, Answer expected, Answer answer) {
        if (answer.isRefusal()) {
            refused++;
            if (SHOWS_REFUSALS) {
                System.out.println(how + ": " + statement.text() + "\n    " + answer.error());
            }
        } else if (answer.isAlike(expected, statement.isOrdered())) {
            same++;
        } else {
            differences.add("line " + statement.line() + ", " + how + ": " + statement.text() + "\n"
                    + statement.parameters() + "\nexpected\n" + expected + "\nbut was\n" + answer);
        }
    }

    /// Fails if anything was different or too much was refused.
    ///
    /// @param answeredMin how many in a hundred must have been answered
    void verify(int answeredMin) {
        assertThat(differences.size())
                .as(() -> String.join(
                        "\n\n", differences.subList(0, Math.min(DIFFERENCES_SHOWN_MAX, differences.size()))))
                .isZero();
        assertThat(same * PERCENT / (same + refused))
                .as("answered in a hundred")
                .isGreaterThanOrEqualTo(answeredMin);
    }

    @Override
    public String toString() {
        return "same %5d, refused %5d, different %5d".formatted(same, refused, differences.size());
    }
}
