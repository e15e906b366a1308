package dev.pgbraid.proxy.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.WireClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Queries of PostgreSQL's own regression tests are answered as by one PostgreSQL, or they are refused.
///
/// `-Dpgbraid.regress=…/src/test/regress/sql` says where the files are; without it there is nothing to test. Where
/// PostgreSQL itself answers otherwise as soon as rows are stored in another order, any answer will do.
class RegressionStatementsIT {
    private static final int SHARDS = 4;
    private static final int SHOWN_MAX = 40;

    private final Map<String, Integer> tally = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> queriesOfPostgreSql() {
        return Optional.ofNullable(System.getProperty("pgbraid.regress")).stream()
                .map(Path::of)
                .map(directory ->
                        DynamicTest.dynamicTest(directory.toString(), () -> run(new RegressionFiles(directory))));
    }

    private void run(RegressionFiles files) {
        Endpoint plain = ShardedDatabase.plain();
        ShardedDatabase.More tables = RegressionTables.make(plain, files);
        Endpoint reordered = PostgresCluster.shared().freshDatabase(plain.database());
        reorder(reordered);
        try (ShardedDatabase database = ShardedDatabase.of(plain, SHARDS, tables)) {
            Session session = database.session();
            Session plainSession = new Session(() -> WireClient.login(plain), plain.database());
            Session reorderedSession = new Session(() -> WireClient.login(reordered), reordered.database());
            for (Session one : List.of(session, plainSession, reorderedSession)) {
                one.query("SET statement_timeout = '3s'");
            }
            for (String query : files.queries()) {
                compare(query, session, plainSession, reorderedSession);
            }
            List.of(session, plainSession, reorderedSession).forEach(Session::close);
        }
        System.out.println("declared " + tables.declared().size() + ", home "
                + tables.home().size() + ": " + tally);
        assertThat(differences.size())
                .as(() -> String.join("\n\n", differences.subList(0, Math.min(SHOWN_MAX, differences.size()))))
                .isZero();
    }

    /// Stores every other row of each table again, behind all others.
    private static void reorder(Endpoint database) {
        try (WireClient client = WireClient.login(database)) {
            client.column("""
                SELECT format('UPDATE %s SET %I = %I WHERE hashtext(ctid::text) %% 2 = 0', attrelid::regclass, attname, attname)
                FROM (SELECT DISTINCT ON (attrelid) attrelid, attname
                    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
                    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND attgenerated = ''
                        AND attidentity <> 'a' AND NOT attisdropped ORDER BY attrelid, attnum) AS first
                """).forEach(client::query);
        }
    }

    private void compare(String query, Session session, Session plain, Session reordered) {
        String rung = rung(session.query("EXPLAIN (ROUTE) " + query));
        Answer answer = session.query(query);
        if (answer.isRefusal()) {
            count("Refused");
            return;
        }
        Answer expected = plain.query(query);
        if (answer.isAlike(expected, false)) {
            count(rung + (expected.error().isEmpty() ? "" : ", error"));
        } else if (!reordered.query(query).isAlike(expected, false)) {
            count(rung + ", open");
        } else {
            count(rung + ", different");
            differences.add(rung + " " + query + "\nexpected\n" + expected + "\nbut was\n" + answer);
        }
    }

    private static String rung(Answer explained) {
        return explained.results().isEmpty()
                ? "Not explained"
                : WireClient.text(
                        explained.results().getFirst().rows().getFirst().getFirst());
    }

    private void count(String what) {
        tally.merge(what, 1, Integer::sum);
    }
}
