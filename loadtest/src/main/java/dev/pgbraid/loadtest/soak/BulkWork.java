package dev.pgbraid.loadtest.soak;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.frontend.CopyData;
import dev.pgbraid.protocol.frontend.CopyDone;
import dev.pgbraid.protocol.frontend.CopyFail;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Much at once, in both directions.
final class BulkWork {
    /// Above the numbers of the rows that are written one by one.
    private static final int FIRST_COPIED = 1000;

    private static final int COPIED_MAX = 400;
    private static final int HUGE_BYTES_MAX = 4_000_000;
    private static final int SLOW_ROWS = 4000;
    private static final int ROWS_PER_PAUSE = 400;

    private BulkWork() {}

    static void copyIn(Guest guest) throws InterruptedException {
        guest.run("DELETE FROM soak WHERE tag = '" + guest.tag() + "' AND id >= " + FIRST_COPIED)
                .rows();
        guest.rows().keySet().removeIf(id -> id >= FIRST_COPIED);
        Map<Integer, String> copied = new TreeMap<>();
        if (!guest.run("COPY soak FROM STDIN").rows().isEmpty()) {
            throw new WrongAnswer("rows for a request to copy");
        }
        int end = FIRST_COPIED + 1 + guest.random().nextInt(COPIED_MAX);
        for (int id = FIRST_COPIED; id < end; id++) {
            String value = guest.nonce();
            copied.put(id, value);
            guest.send(new CopyData(ByteString.utf8(guest.tag() + "\t" + id + "\t" + value + "\n")));
        }
        guest.pause(20);
        if (guest.random().nextInt(3) == 0) {
            guest.send(new CopyFail(ByteString.utf8(guest.nonce())));
            guest.answer().requireError("57014");
        } else {
            guest.send(new CopyDone());
            guest.answer().rows();
            guest.rows().putAll(copied);
        }
        RowWork.check(guest, guest.rows());
    }

    static void copyOut(Guest guest) {
        int count = 1 + guest.random().nextInt(3000);
        guest.run("COPY (SELECT '" + guest.tag() + "-' || n FROM generate_series(1, " + count + ") AS n) TO STDOUT")
                .requireColumn(IntStream.rangeClosed(1, count)
                        .mapToObj(n -> guest.tag() + "-" + n)
                        .toList());
        guest.probe();
    }

    /// One row of megabytes.
    static void hugeRow(Guest guest) {
        String piece = guest.nonce() + ";";
        int count = 1 + guest.random().nextInt(HUGE_BYTES_MAX / piece.length());
        String found =
                guest.run("SELECT repeat('" + piece + "', " + count + ")").value();
        if (!found.equals(piece.repeat(count))) {
            throw new WrongAnswer("a row of " + found.length() + " bytes is not " + count + " times " + piece);
        }
    }

    /// One parameter of megabytes.
    static void hugeParameter(Guest guest) {
        String piece = guest.nonce() + ";";
        int count = 1 + guest.random().nextInt(HUGE_BYTES_MAX / piece.length());
        guest.send(
                StatementWork.parse("", "SELECT $1::text = repeat('" + piece + "', " + count + ")"),
                StatementWork.bind("", piece.repeat(count)),
                StatementWork.execute(0),
                new Sync());
        guest.answer().requireColumn(List.of("t"));
    }

    /// Rows for a guest that takes its time, so that the sockets on the way are full.
    static void readSlowly(Guest guest) throws InterruptedException {
        String nonce = guest.nonce();
        guest.send(new Query(ByteString.utf8(
                "SELECT '" + nonce + "-' || n, repeat('x', 1000) FROM generate_series(1, " + SLOW_ROWS + ") AS n")));
        int received = 0;
        BackendMessage message = guest.receive();
        while (!(message instanceof ReadyForQuery)) {
            if (message instanceof DataRow) {
                received++;
                Answer row = new Answer();
                row.add(message);
                row.requireColumn(List.of(nonce + "-" + received));
                if (received % ROWS_PER_PAUSE == 0) {
                    guest.pause(100);
                }
            }
            message = guest.receive();
        }
        if (received != SLOW_ROWS) {
            throw new WrongAnswer(received + " rows and not " + SLOW_ROWS);
        }
    }
}
