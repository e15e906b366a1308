package dev.pgbraid.proxy.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.protocol.testing.Property;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Statements that nobody has thought of are answered as by one PostgreSQL that has all the rows, or they are refused.
///
/// `-Dproperty.runs=5000` tries that many times as many statements as a run has, and tells how many were answered.
class GeneratedStatementsIT {
    private static final int SHARDS = 4;
    private static final int STATEMENTS = 10;
    private static final int PERCENT = 100;
    private static final int ROWS_MAX = 10_000;

    /// How many in a hundred must be answered.
    private static final int ANSWERED_MIN = 30;

    private final Endpoint plain = ShardedDatabase.plain();
    private final ShardedDatabase database = ShardedDatabase.of(plain, SHARDS);
    private final Session plainSession = new Session(() -> WireClient.login(plain), plain.database());
    private final Session session = database.session();
    private int answered;
    private int refused;

    @AfterEach
    void close() {
        session.close();
        plainSession.close();
        database.close();
        PostgresCluster.shared().drop(plain);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void theProxyAnswersLikePostgreSqlOrRefuses() {
        session.query("SET statement_timeout = '3s'");
        Gen<List<String>> statements = Gen.listOf(STATEMENTS, QueryMaker::make);
        Property.forAll(statements, made -> made.forEach(this::compare));
        System.out.println("generated: answered " + answered + ", refused " + refused);
        assertThat(answered * PERCENT / (answered + refused))
                .as("answered in a hundred")
                .isGreaterThanOrEqualTo(ANSWERED_MIN);
    }

    private static boolean isQuery(String statement) {
        return statement.startsWith("SELECT") || statement.startsWith("WITH");
    }

    /// What is changed is changed back.
    private static Answer answer(Session session, String statement) {
        if (isQuery(statement)) {
            return session.query(statement);
        }
        session.query("BEGIN");
        Answer answer = session.query(statement);
        session.query("ROLLBACK");
        return answer;
    }

    /// Whether a query has more rows, or takes PostgreSQL longer, than anybody wants to wait for.
    private boolean isHuge(String statement) {
        if (!isQuery(statement)) {
            return false;
        }
        plainSession.query("SET statement_timeout = '1s'");
        Answer answer = plainSession.query("SELECT 1 FROM (" + statement + ") made OFFSET " + ROWS_MAX + " LIMIT 1");
        plainSession.query("RESET statement_timeout");
        return isSlow(answer)
                || answer.results().stream().anyMatch(result -> !result.rows().isEmpty());
    }

    private static boolean isSlow(Answer answer) {
        return answer.error()
                .filter(error -> error.sqlState().equals(SqlState.QUERY_CANCELED.code()))
                .isPresent();
    }

    private void compare(String statement) {
        if (isHuge(statement)) {
            return;
        }
        Answer answer = answer(session, statement);
        if (isSlow(answer)) {
            return;
        }
        if (answer.isRefusal()) {
            refused++;
            return;
        }
        Answer expected = answer(plainSession, statement);
        answered++;
        assertThat(answer.isAlike(expected, false))
                .as(() -> statement + "\nexpected\n" + expected + "\nbut was\n" + answer)
                .isTrue();
    }
}
