package dev.pgbraid.loadtest.soak;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.frontend.CopyData;
import dev.pgbraid.protocol.frontend.Query;
import java.util.List;
import java.util.Random;

/// Statements, sessions and connections that end before their time.
final class EndWork {
    private static final int STORM = 5;
    private static final int CANCELS_MAX = 4;

    private EndWork() {}

    static void reconnect(Guest guest) {
        if (guest.random().nextBoolean()) {
            guest.close();
        }
        guest.reconnect();
        guest.probe();
    }

    /// Many connections in quick succession; some leave without a word.
    static void storm(Guest guest) {
        for (int i = 0; i < STORM; i++) {
            Random random = new Random(guest.random().nextLong());
            try (Guest passing = new Guest(guest.surroundings(), guest.tag() + "-" + i, random)) {
                passing.probe();
                if (random.nextBoolean()) {
                    passing.wire().disconnect();
                }
            }
        }
    }

    /// A statement that would run for long is canceled, and no later one. A request that comes before the server has
    /// begun with the statement is in vain, there as here.
    static void cancel(Guest guest) throws InterruptedException {
        for (int i = 0; i < CANCELS_MAX; i++) {
            guest.send(new Query(ByteString.utf8("SELECT pg_sleep(3)")));
            guest.pause(100);
            guest.cancel();
            Answer answer = guest.answer();
            guest.probe();
            if (answer.isError("57014")) {
                return;
            }
            answer.rows();
        }
        throw new WrongAnswer(CANCELS_MAX + " requests to cancel were in vain");
    }

    /// A request to cancel that comes when the statement may be over must not hit the next ones.
    static void cancelLate(Guest guest) {
        guest.send(new Query(
                ByteString.utf8("SELECT pg_sleep(0.00" + guest.random().nextInt(5) + ")")));
        guest.cancel();
        Answer answer = guest.answer();
        if (!answer.isError("57014")) {
            answer.rows();
        }
        for (int i = 0; i < 5; i++) {
            guest.probe();
        }
    }

    /// The server ends the backend in the middle of a transaction, which then has not happened.
    static void loseBackend(Guest guest) {
        guest.run("BEGIN").requireStatus(TransactionStatus.IN_TRANSACTION);
        String pid = guest.run("SELECT pg_backend_pid()").value();
        guest.run("INSERT INTO soak VALUES ('" + guest.tag() + "', -1, 'lost')").rows();
        boolean busy = guest.random().nextBoolean();
        if (busy) {
            guest.send(new Query(ByteString.utf8("SELECT pg_sleep(20)")));
        }
        guest.surroundings().server().terminate(pid);
        requireEnd(guest, busy);
        guest.reconnect();
        RowWork.check(guest, guest.rows());
    }

    private static void requireEnd(Guest guest, boolean busy) {
        Answer answer;
        try {
            answer = busy ? guest.answer() : guest.run("COMMIT");
        } catch (SessionEnded ended) {
            if (!List.of("57P01", "08006").contains(ended.sqlState())) {
                throw ended;
            }
            return;
        }
        throw new WrongAnswer("an answer of a backend that was ended: " + answer);
    }

    /// An idle backend of the pool is ended, which whoever is lent it at that moment may feel.
    static void endIdleBackend(Guest guest) {
        guest.surroundings().endIdleBackend();
        guest.probe();
    }

    /// The client is gone from one moment to the next. Nothing that it has not committed may be found later.
    static void vanish(Guest guest) {
        switch (guest.random().nextInt(6)) {
            case 0 -> {
                guest.run("BEGIN; INSERT INTO soak VALUES ('" + guest.tag() + "', -2, 'vanished')")
                        .rows();
                guest.wire().disconnect();
            }
            case 1 -> {
                guest.send(new Query(ByteString.utf8("SELECT pg_sleep(20)")));
                guest.wire().disconnect();
            }
            case 2 -> {
                guest.run("COPY soak FROM STDIN");
                guest.send(new CopyData(ByteString.utf8(guest.tag() + "\t-3\tvanished\n")));
                guest.wire().disconnect();
            }
            case 3 -> {
                guest.send(new Query(ByteString.utf8("SELECT repeat('x', 1000) FROM generate_series(1, 50000)")));
                guest.receive();
                guest.wire().disconnect();
            }
            case 4 -> {
                guest.send(StatementWork.parse("", "SELECT $1::text"), StatementWork.bind("", "x"));
                guest.wire().disconnect();
            }
            default -> {
                // The start of a Bind of a thousand bytes.
                guest.wire().send(new byte[] {'B', 0, 0, 3, (byte) 0xe8, 0, 0});
                guest.wire().disconnect();
            }
        }
        guest.reconnect();
        RowWork.check(guest, guest.rows());
    }
}
