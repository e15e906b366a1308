package dev.pgbraid.loadtest.soak;

import dev.pgbraid.loadtest.contender.RunningProxy;
import dev.pgbraid.loadtest.measure.Footprint;
import dev.pgbraid.loadtest.measure.OpenFiles;
import dev.pgbraid.protocol.TransactionStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What is there when all guests have gone.
///
/// @param busy backends of the server that run something or are in a transaction
/// @param locks advisory locks
/// @param tables temporary tables
/// @param slots places of the pool that cannot be had
/// @param sockets of the proxy, with as many backends as the pool may have
/// @param errors lines of the proxy's log
record Remains(int busy, int locks, int tables, int slots, int sockets, long errors, Footprint memory) {
    private static final int PATIENCE_SECONDS = 20;
    private static final long POLL_MILLIS = 100;
    private static final String BUSY = Server.OTHERS + " AND state <> 'idle'";
    private static final String LOCKS = " FROM pg_locks WHERE locktype = 'advisory'";
    private static final String TABLES = " FROM pg_class WHERE relpersistence = 't' AND relname = 'scratch'";

    /// Waits until everything has come to rest, but not for ever.
    static Remains of(Surroundings surroundings, RunningProxy proxy, int poolSize)
            throws IOException, InterruptedException {
        Server server = surroundings.server();
        long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (server.count(BUSY) + server.count(LOCKS) + server.count(TABLES) > 0 && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MILLIS);
        }
        int slots = poolSize - transactionsAtOnce(surroundings, poolSize);
        Footprint memory = Footprint.settled(proxy.pid());
        return new Remains(
                server.count(BUSY),
                server.count(LOCKS),
                server.count(TABLES),
                slots,
                OpenFiles.sockets(proxy.pid()),
                errors(proxy),
                memory);
    }

    /// How many transactions can be open at a time, of so many that should.
    private static int transactionsAtOnce(Surroundings surroundings, int poolSize) {
        List<Guest> guests = new ArrayList<>();
        int open = 0;
        try {
            for (int i = 0; i < poolSize; i++) {
                guests.add(new Guest(surroundings, "last" + i, new Random(i)));
                guests.getLast().run("BEGIN").requireStatus(TransactionStatus.IN_TRANSACTION);
                open++;
            }
            guests.forEach(guest -> guest.run("ROLLBACK").requireStatus(TransactionStatus.IDLE));
        } catch (WrongAnswer | SessionEnded | UncheckedIOException refused) {
            return open;
        } finally {
            guests.forEach(Guest::close);
        }
        return open;
    }

    private static long errors(RunningProxy proxy) throws IOException {
        return Files.readAllLines(proxy.process().log()).stream()
                .filter(line -> line.contains(" ERROR "))
                .count();
    }
}
