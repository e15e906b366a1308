package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.proxy.session.Outcome;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.StatementDescription;
import dev.pgbraid.proxy.session.UnnamedStatement;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The unnamed statement of one backend: whose it is, as far as is known.
public final class BackendUnnamed {
    /// How sure it is that what the server has is what the client was told that it is.
    public enum Likeness {
        SURE,
        AWAITED,
        OTHER
    }

    private final Backend backend;
    private @Nullable UnnamedStatement owner;
    private long version;

    /// The newest batch with a message that changes it, and how many such messages are unanswered.
    private long batch;

    private int pending;

    /// What the server says of a statement that was restored, until that is compared.
    private @Nullable StatementDescription found;

    /// A Parse of the proxy's own.
    private record Restoration(BackendUnnamed there, Optional<BackendMessage> aheadOfError) implements Outcome {
        @Override
        public void confirmed() {
            there.pending--;
        }

        @Override
        public void skipped() {
            there.pending--;
            there.owner = null;
        }

        @Override
        public Optional<List<BackendMessage>> inPlaceOf(ErrorFields error) {
            return Errors.behind(aheadOfError, error);
        }
    }

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
        boolean isKnown = found == null || found.isKnown() || found.isAwaited();
        return isKnown && client.equals(owner) && version == client.version();
    }

    /// Whether it does, and this is what the client was told that it is.
    public boolean isSure(UnnamedStatement client) {
        return found == null && client.exists() && has(client);
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

    /// A simple query is sent, which ends the statement of `client` if there can be any.
    public @Nullable Outcome endByQuery(UnnamedStatement client) {
        if (client.mayExist()) {
            client.end();
            return end(client);
        }
        forget();
        return null;
    }

    /// Sends a Parse of the proxy's own, so that the server has what the client counts on.
    ///
    /// @param aheadOfError what the client is told before it is told that this has failed
    public void restore(UnnamedStatement client, Optional<BackendMessage> aheadOfError) {
        byte[] body = client.body();
        ByteBuf out = backend.writer().append(6 + body.length);
        out.writeByte('P').writeInt(5 + body.length).writeByte(0).writeBytes(body);
        sent(client);
        backend.expectInBatch(Response.PARSE_FOR_PROXY, new Restoration(this, aheadOfError));
        if (client.isDescribed()) {
            write('D');
            found = new StatementDescription();
            backend.expectInBatch(Response.DESCRIBE_FOR_PROXY, found.await());
        }
    }

    /// Whether what was restored is what the client was told that it is.
    public Likeness likeness(UnnamedStatement client) {
        if (found == null) {
            return Likeness.SURE;
        }
        if (found.isAwaited()) {
            return Likeness.AWAITED;
        }
        Likeness likeness = found.isLike(client.description()) ? Likeness.SURE : Likeness.OTHER;
        found = null;
        return likeness;
    }

    /// Sends a Close of the proxy's own.
    public void close() {
        write('C');
        backend.expectInBatch(Response.CLOSE_FOR_PROXY);
        forget();
    }

    /// The server forgets a statement that no client counts on.
    public void forget() {
        owner = null;
    }

    private void write(char tag) {
        backend.writer().append(7).writeByte(tag).writeInt(6).writeByte('S').writeByte(0);
    }

    private void sent(UnnamedStatement client) {
        found = null;
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
