package dev.pgbraid.proxy.backend;

import dev.pgbraid.proxy.session.Outcome;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.UnnamedStatement;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The unnamed statement of one backend: whose it is, as far as is known.
public final class BackendUnnamed {
    private final Backend backend;
    private @Nullable UnnamedStatement owner;
    private long version;

    /// The newest batch with a message that changes it, and how many such messages are unanswered.
    private long batch;

    private int pending;

    /// A Parse of the proxy's own.
    private final Outcome restored = new Outcome() {
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
    private record Change(BackendUnnamed there, UnnamedStatement client) implements Outcome {
        @Override
        public void confirmed() {
            there.pending--;
            client.done();
        }

        @Override
        public void failed() {
            there.pending--;
            there.owner = null;
            client.failed();
        }

        @Override
        public void skipped() {
            there.pending--;
            there.owner = null;
            client.skipped();
        }
    }

    /// The outcome for the client of the moment, made once for all its messages.
    private @Nullable Change change;

    BackendUnnamed(Backend backend) {
        this.backend = backend;
    }

    /// Whether the server has the current statement of `client`, or will have it before it comes to what is sent now.
    public boolean has(UnnamedStatement client) {
        return client.equals(owner) && version == client.version();
    }

    /// Whether it is certain what the server has.
    public boolean isSettled() {
        return pending == 0 || batch == backend.batch();
    }

    /// Expects the answer to a client's Parse.
    public void expect(UnnamedStatement client) {
        sent(client);
        backend.expectInBatch(Response.PARSE, changeOf(client));
    }

    /// The client's statement ends with the message that is sent now, see the outcome.
    public Outcome end(UnnamedStatement client) {
        owner = null;
        batch = backend.batch();
        pending++;
        return changeOf(client);
    }

    /// Sends a Parse of the proxy's own, so that the server has what the client counts on.
    public void ensure(UnnamedStatement client) {
        ByteBuf out = backend.writer().append(6 + client.bodyLength());
        out.writeByte('P').writeInt(5 + client.bodyLength()).writeByte(0);
        client.writeBody(out);
        sent(client);
        backend.expectInBatch(Response.PARSE_FOR_PROXY, restored);
    }

    /// Sends a Close of the proxy's own.
    public void close() {
        backend.writer().append(7).writeByte('C').writeInt(6).writeByte('S').writeByte(0);
        backend.expectInBatch(Response.CLOSE_FOR_PROXY);
        forget();
    }

    /// The server forgets a statement that no client counts on.
    public void forget() {
        owner = null;
    }

    private void sent(UnnamedStatement client) {
        owner = client;
        version = client.version();
        batch = backend.batch();
        pending++;
    }

    private Outcome changeOf(UnnamedStatement client) {
        Change known = change;
        if (known == null || !known.client.equals(client)) {
            known = new Change(this, client);
            change = known;
        }
        return known;
    }
}
