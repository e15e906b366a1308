package dev.pgbraid.loadtest.soak;

import dev.pgbraid.protocol.TransactionStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Rows that bear the guest's tag, written in transactions and outside.
final class RowWork {
    static final String TABLE = "CREATE TABLE soak (tag text, id int, value text, PRIMARY KEY (tag, id))";

    private static final int ROWS_MAX = 40;

    private RowWork() {}

    /// All rows of the guest.
    static List<List<String>> read(Guest guest) {
        List<List<String>> rows = guest.run(
                        "SELECT tag, id, value FROM soak WHERE tag = '" + guest.tag() + "' ORDER BY id")
                .rows();
        for (List<String> row : rows) {
            if (!row.getFirst().equals(guest.tag())) {
                throw new WrongAnswer("a row of " + row.getFirst());
            }
        }
        return rows;
    }

    /// Fails unless the rows are those that must be there.
    static void check(Guest guest, Map<Integer, String> wanted) {
        Map<Integer, String> found = new TreeMap<>();
        read(guest).forEach(row -> found.put(Integer.valueOf(row.get(1)), row.get(2)));
        if (!found.equals(wanted)) {
            throw new WrongAnswer("instead of the rows " + wanted + " there are " + found);
        }
    }

    static void writeOneByOne(Guest guest) {
        for (int i = 0; i < 3; i++) {
            change(guest, guest.rows());
            guest.probe();
        }
        check(guest, guest.rows());
    }

    static void writeInTransaction(Guest guest) {
        guest.run("BEGIN").requireStatus(TransactionStatus.IN_TRANSACTION);
        guest.probe();
        Map<Integer, String> inside = new TreeMap<>(guest.rows());
        change(guest, inside);
        savepoint(guest, inside);
        change(guest, inside);
        check(guest, inside);
        if (guest.random().nextInt(4) == 0) {
            guest.run("SELECT 1 / 0").requireError("22012");
            guest.run("SELECT 1").requireError("25P02");
        }
        end(guest, inside);
    }

    static void takeLong(Guest guest) throws InterruptedException {
        guest.run("BEGIN ISOLATION LEVEL REPEATABLE READ");
        Map<Integer, String> inside = new TreeMap<>(guest.rows());
        change(guest, inside);
        guest.pause(300);
        guest.run("SELECT pg_sleep(" + guest.random().nextInt(300) / 1000.0 + ")")
                .rows();
        guest.probe();
        guest.pause(300);
        check(guest, inside);
        end(guest, inside);
    }

    private static void savepoint(Guest guest, Map<Integer, String> inside) {
        guest.run("SAVEPOINT s").rows();
        Map<Integer, String> tried = new TreeMap<>(inside);
        change(guest, tried);
        guest.run("SET LOCAL work_mem = '1MB'").rows();
        guest.run("ROLLBACK TO s; RELEASE s").rows();
        guest.probe();
    }

    private static void end(Guest guest, Map<Integer, String> inside) {
        boolean commits = guest.random().nextInt(3) > 0;
        Answer answer = guest.run(commits ? "COMMIT" : "ROLLBACK");
        answer.requireStatus(TransactionStatus.IDLE);
        if (commits && answer.isTagged("COMMIT")) {
            guest.rows().clear();
            guest.rows().putAll(inside);
        }
        check(guest, guest.rows());
    }

    /// Inserts, updates or deletes one row.
    private static void change(Guest guest, Map<Integer, String> rows) {
        int id = guest.random().nextInt(ROWS_MAX);
        String key = "tag = '" + guest.tag() + "' AND id = " + id;
        if (guest.random().nextInt(4) == 0) {
            guest.run("DELETE FROM soak WHERE " + key).rows();
            rows.remove(id);
            return;
        }
        String value = guest.nonce();
        guest.run("INSERT INTO soak VALUES ('" + guest.tag() + "', " + id + ", '" + value
                        + "') ON CONFLICT (tag, id) DO UPDATE SET value = excluded.value RETURNING value")
                .requireColumn(List.of(value));
        rows.put(id, value);
    }
}
