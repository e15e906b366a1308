package dev.pgbraid.proxy.backend;

import dev.pgbraid.proxy.session.ClientStatements;
import dev.pgbraid.proxy.session.Outcome;
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

    /// One Parse that was sent, for this backend and, if a client sent it, for the client.
    final class Preparation implements Outcome {
        private final PreparedStatement statement;
        private final long batch;
        private final ClientStatements.@Nullable Change change;
        private boolean confirmed;

        private Preparation(PreparedStatement statement, long batch, ClientStatements.@Nullable Change change) {
            this.statement = statement;
            this.batch = batch;
            this.change = change;
        }

        /// Whether a message of `batch` can tell what becomes of it: if this fails, that message is skipped too.
        boolean isSettledFor(long batch) {
            return confirmed || this.batch == batch;
        }

        @Override
        public void confirmed() {
            confirmed = true;
            if (change != null) {
                change.confirmed();
            }
        }

        @Override
        public void skipped() {
            preparations.remove(statement, this);
            if (change != null) {
                change.skipped();
            }
        }
    }

    @Nullable
    Preparation find(PreparedStatement statement) {
        return preparations.get(statement);
    }

    Preparation prepare(PreparedStatement statement, long batch, ClientStatements.@Nullable Change change) {
        Preparation preparation = new Preparation(statement, batch, change);
        preparations.put(statement, preparation);
        return preparation;
    }

    /// The server has dropped what it had; what is on its way stays.
    void forgetConfirmed() {
        preparations.values().removeIf(preparation -> preparation.confirmed);
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
