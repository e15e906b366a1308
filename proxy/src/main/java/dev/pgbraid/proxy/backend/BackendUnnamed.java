package dev.pgbraid.proxy.backend;

import dev.pgbraid.proxy.session.Outcome;
import dev.pgbraid.proxy.session.UnnamedStatement;
import org.jspecify.annotations.Nullable;

/// The unnamed statement of one backend: whose it is, as far as is known.
final class BackendUnnamed {
    private @Nullable UnnamedStatement owner;
    private long version;

    /// The newest batch with a message that changes it, and how many such messages are unanswered.
    private long batch;

    private int pending;

    /// A Parse of the proxy's own.
    final Outcome restored = new Outcome() {
        @Override
        public void confirmed() {
            pending--;
        }

        @Override
        public void skipped() {
            pending--;
            owner = null;
        }
    };

    /// A message of a client that sets or ends its unnamed statement.
    record Change(BackendUnnamed backend, UnnamedStatement client) implements Outcome {
        @Override
        public void confirmed() {
            backend.pending--;
            client.done();
        }

        @Override
        public void failed() {
            backend.pending--;
            backend.owner = null;
            client.failed();
        }

        @Override
        public void skipped() {
            backend.pending--;
            backend.owner = null;
            client.skipped();
        }
    }

    /// The outcome for the client of the moment, made once for all its messages.
    private @Nullable Change change;

    /// The server will have the current statement of `client` before it comes to what is sent now.
    void sent(UnnamedStatement client, long inBatch) {
        owner = client;
        version = client.version();
        batch = inBatch;
        pending++;
    }

    /// The server will have none.
    void gone(long inBatch) {
        owner = null;
        batch = inBatch;
        pending++;
    }

    void forget() {
        owner = null;
    }

    boolean belongsTo(UnnamedStatement client) {
        return client.equals(owner) && version == client.version();
    }

    /// Whether a message of `inBatch` can tell what it is.
    boolean isSettledFor(long inBatch) {
        return pending == 0 || batch == inBatch;
    }

    Outcome changeOf(UnnamedStatement client) {
        Change known = change;
        if (known == null || !known.client.equals(client)) {
            known = new Change(this, client);
            change = known;
        }
        return known;
    }
}
