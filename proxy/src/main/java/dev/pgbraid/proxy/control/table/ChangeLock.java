package dev.pgbraid.proxy.control.table;

import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardPool;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to change where tables are, which one proxy has at a time. A proxy that dies loses it.
final class ChangeLock implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ChangeLock.class);

    private final ShardTransaction transaction;

    private ChangeLock(ShardTransaction transaction) {
        this.transaction = transaction;
    }

    /// Takes it, if nobody has it.
    static Optional<ChangeLock> take(ShardPool home) throws ShardFailure {
        ChangeLock lock = new ChangeLock(home.write());
        try {
            lock.transaction.allowLongStatements();
            boolean isTaken = lock.transaction.row(
                    "SELECT pg_try_advisory_xact_lock(hashtextextended('pgbraid.change', 0)) AS taken",
                    row -> row.flag("taken"));
            if (isTaken) {
                return Optional.of(lock);
            }
            lock.close();
            return Optional.empty();
        } catch (ShardFailure failed) {
            lock.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        try {
            transaction.close();
        } catch (ShardFailure away) {
            LOGGER.debug("lost with its connection: {}", away.getMessage());
        }
    }
}
