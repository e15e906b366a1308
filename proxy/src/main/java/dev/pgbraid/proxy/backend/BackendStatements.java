package dev.pgbraid.proxy.backend;

import dev.pgbraid.proxy.session.PreparedStatement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The statements that are prepared on one backend, the least recently used first.
final class BackendStatements {
    private final Map<PreparedStatement, Preparation> preparations = new LinkedHashMap<>(16, 0.75f, true);
    private final int sizeMax;

    BackendStatements(int sizeMax) {
        this.sizeMax = sizeMax;
    }

    /// One Parse that was sent. It can still fail, or be skipped with the rest of its batch.
    static final class Preparation {
        final PreparedStatement statement;
        final long batch;
        private boolean confirmed;

        Preparation(PreparedStatement statement, long batch) {
            this.statement = statement;
            this.batch = batch;
        }

        /// Whether a message of `batch` can tell what becomes of it: if this fails, that message is skipped too.
        boolean isSettledFor(long batch) {
            return confirmed || this.batch == batch;
        }
    }

    @Nullable
    Preparation find(PreparedStatement statement) {
        return preparations.get(statement);
    }

    Preparation prepare(PreparedStatement statement, long batch) {
        Preparation preparation = new Preparation(statement, batch);
        preparations.put(statement, preparation);
        return preparation;
    }

    void confirm(Preparation preparation) {
        preparation.confirmed = true;
    }

    void drop(Preparation preparation) {
        preparations.remove(preparation.statement, preparation);
    }

    void clear() {
        preparations.clear();
    }

    /// Takes out a statement that is one too many.
    @Nullable
    PreparedStatement evict() {
        if (preparations.size() <= sizeMax) {
            return null;
        }
        Iterator<PreparedStatement> eldestFirst = preparations.keySet().iterator();
        PreparedStatement eldest = eldestFirst.next();
        eldestFirst.remove();
        return eldest;
    }
}
