package dev.pgbraid.proxy.router.tree;

import static dev.pgbraid.protocol.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.router.parse.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Asks a real PostgreSQL whether the trees of statements mean what it understands.
class StatementTreeIT {

    @ParameterizedTest
    @ValueSource(strings = {"expressions", "queries", "joins", "changes"})
    void treesMeanWhatTheServerUnderstands(String file) {
        try (Comparison comparison = new Comparison("schema")) {
            Statements.of(file).forEach(comparison::check);
        }
    }

    @Test
    void whatIsNotReadIsKnown() {
        try (Comparison comparison = new Comparison("schema")) {
            for (String sql : Statements.of("unread")) {
                assertThat(comparison.isUnderstood(sql)).as(sql).isTrue();
                String reason = sql.strip().lines().findFirst().orElseThrow().replaceFirst("^-- ", "");
                assertThat(Comparison.read(sql)).as(sql).isEqualTo(new Reading.Unreadable(reason));
            }
        }
    }

    @Test
    void operatorsBindAsTheServerBindsThem() {
        compare(Soup.expressions());
    }

    @Test
    void joinsBindAsTheServerBindsThem() {
        compare(Soup.joins());
    }

    @Test
    void setOperationsBindAsTheServerBindsThem() {
        compare(Soup.setOperations());
    }

    private static void compare(Gen<String> statements) {
        try (Comparison comparison = new Comparison("soup")) {
            forAll(statements, comparison::checkIfUnderstood);
            assertThat(comparison.checked()).isGreaterThan(50);
        }
    }
}
