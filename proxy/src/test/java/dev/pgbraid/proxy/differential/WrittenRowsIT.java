package dev.pgbraid.proxy.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is written through the proxy is on the shards what it would be in one PostgreSQL, each row where it belongs.
class WrittenRowsIT {
    private static final int SHARDS = 4;
    private static final int PERCENT = 100;

    /// How many in a hundred rows must have a key that the proxy can read.
    private static final int ROWS_MIN = 90;

    /// The tables whose rows are spread over the shards, those first that others refer to.
    private static final String SPREAD_TABLES =
            "SELECT conrelid::regclass FROM pg_constraint WHERE conname = 'on_its_shard' ORDER BY oid";

    private final Endpoint plain = ShardedDatabase.plain();
    private final ShardedDatabase database = ShardedDatabase.of(plain, SHARDS);
    private WireClient plainClient;
    private Session plainSession;
    private Session session;

    @BeforeEach
    void login() {
        plainClient = WireClient.login(plain);
        plainSession = new Session(() -> WireClient.login(plain), plain.database());
        session = database.session();
    }

    @AfterEach
    void close() {
        session.close();
        plainSession.close();
        plainClient.close();
        database.close();
        PostgresCluster.shared().drop(plain);
    }

    @Test
    void statementsThatAreCommittedLeaveTheSameRows() {
        Tally tally = new Tally();
        int answeredMin = 0;
        for (String name : StatementFile.in("keep")) {
            StatementFile file = StatementFile.read(name);
            answeredMin = file.answered();
            for (List<Statement> paragraph : file.paragraphs()) {
                paragraph.forEach(statement -> keep(statement, tally));
            }
        }
        tally.verify(answeredMin);
        assertThat(spreadRows()).containsExactlyInAnyOrderElementsOf(ShardedDatabase.spreadRows(plain));
        verifyHomeRows(List.of("settings", "employees", "audit"));
    }

    /// A statement that the proxy refuses is not run by the plain server either.
    private void keep(Statement statement, Tally tally) {
        Protocol protocol = statement.isSimple() ? Protocol.SIMPLE : Protocol.BINARY;
        session.send(protocol.messages(statement));
        Answer answer = session.receive();
        Answer expected = answer;
        if (!answer.isRefusal()) {
            plainSession.send(protocol.messages(statement));
            expected = plainSession.receive();
            assertThat(expected.sqlState()).as(statement.text()).isEqualTo(statement.error());
        }
        tally.count(statement, protocol.toString(), expected, answer);
    }

    @Test
    void rowsThatAreInsertedOneByOneAreWhereTheyBelong() {
        List<String> tables = plainClient.column(SPREAD_TABLES);
        for (Endpoint shard : database.shards()) {
            try (WireClient client = WireClient.login(shard)) {
                client.column("TRUNCATE " + String.join(", ", tables));
            }
        }
        List<String> rows = new ArrayList<>(ShardedDatabase.spreadRows(plain));
        int allRows = rows.size();
        for (String table : tables) {
            rows.removeAll(insertRows(table));
        }
        assertThat(spreadRows()).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(rows.size() * PERCENT / allRows).as("rows in a hundred").isGreaterThanOrEqualTo(ROWS_MIN);
    }

    /// Inserts the rows of a table and gives those that are refused.
    private List<String> insertRows(String table) {
        List<String> rows =
                plainClient.column("SELECT '" + table + "' || t::text FROM " + table + " AS t ORDER BY ctid");
        List<String> inserts = inserts(table);
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Answer answer = session.query(inserts.get(i));
            if (answer.isRefusal()) {
                refused.add(rows.get(i));
            } else {
                assertThat(answer.error()).as(inserts.get(i)).isEmpty();
            }
        }
        return refused;
    }

    /// A statement for each row of a table.
    private List<String> inserts(String table) {
        String columns = "attrelid = '" + table + "'::regclass AND attnum > 0 AND attgenerated = ''";
        String names = plainClient.value(
                "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE " + columns);
        String values = plainClient.value("SELECT string_agg('quote_nullable(' || quote_ident(attname) || ')', "
                + "' || '', '' || ' ORDER BY attnum) FROM pg_attribute WHERE " + columns);
        return plainClient.column("SELECT 'INSERT INTO " + table + " (" + names + ") VALUES (' || " + values
                + " || ')' FROM " + table + " ORDER BY ctid");
    }

    private List<String> spreadRows() {
        return database.shards().stream()
                .flatMap(shard -> ShardedDatabase.spreadRows(shard).stream())
                .toList();
    }

    private void verifyHomeRows(List<String> tables) {
        for (String table : tables) {
            assertThat(rows(database.shards().getFirst(), table))
                    .as(table)
                    .containsExactlyInAnyOrderElementsOf(rows(plain, table));
        }
    }

    private static List<String> rows(Endpoint server, String table) {
        try (WireClient client = WireClient.login(server)) {
            return client.column("SELECT " + table + "::text FROM " + table);
        }
    }
}
