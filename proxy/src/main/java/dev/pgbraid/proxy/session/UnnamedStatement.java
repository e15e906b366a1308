package dev.pgbraid.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The unnamed statement of one client: what it was told to be, and whether it is there.
///
/// A Parse sets it and a simple query or a Close ends it, but only when the server comes to that message. Until the
/// answers are here it is taken for what it would be if nothing failed; a message that the server skips changes
/// nothing.
public final class UnnamedStatement {
    private static final int KEPT_BYTES_MAX = 4096;

    /// Stands for a message that ends the statement.
    private static final Text NONE = new Text();

    /// The text and the parameter types of one Parse.
    private static final class Text {
        private byte[] body = new byte[0];
        private int bytes;
        private long version;
        private SessionChanges changes = SessionChanges.NONE;
        private final RoutesMemo routes = new RoutesMemo();
        private @Nullable StatementDescription description;
    }

    /// What is there as far as the server has answered.
    private Text confirmed = NONE;

    /// What is to come when it answers more, oldest first.
    private final Deque<Text> pending = new ArrayDeque<>(2);

    /// A text whose memory can be used again.
    private @Nullable Text spare;

    private long lastVersion;

    /// A statement without parameters that no client has sent.
    public static UnnamedStatement of(byte[] statement) {
        UnnamedStatement unnamed = new UnnamedStatement();
        // Behind it come its end, and the number of the types that are given.
        byte[] body = Arrays.copyOf(statement, statement.length + 1 + Short.BYTES);
        unnamed.prepare(Unpooled.wrappedBuffer(body), 0, body.length, SessionChanges.NONE);
        unnamed.done();
        return unnamed;
    }

    /// Whether there is one, if nothing fails that is under way.
    public boolean exists() {
        return current() != NONE;
    }

    /// Whether there can be anything to end.
    public boolean mayExist() {
        return confirmed != NONE || !pending.isEmpty();
    }

    /// What tells this statement from those before it.
    public long version() {
        return current().version;
    }

    /// What running it may change of the session.
    public SessionChanges changes() {
        return current().changes;
    }

    /// Where it runs.
    public RoutesMemo routes() {
        return current().routes;
    }

    /// An array that begins with the text and the parameter types of its Parse. Nobody changes it.
    public byte[] text() {
        return current().body;
    }

    /// Whether the client has been told what a server says of it.
    public boolean isDescribed() {
        StatementDescription description = current().description;
        return description != null && description.isKnown();
    }

    /// What the client is told of it, if it asks.
    public StatementDescription description() {
        Text text = current();
        StatementDescription known = text.description;
        if (known == null || !known.isKnown()) {
            known = new StatementDescription();
            text.description = known;
        }
        return known;
    }

    /// What follows the empty name in Parse, with the types of the parameters that the client has been told.
    public byte[] body() {
        Text text = current();
        byte[] body = Arrays.copyOf(text.body, text.bytes);
        return isDescribed() ? description().typed(body) : body;
    }

    /// A Parse is sent.
    public void prepare(ByteBuf in, int index, int length, SessionChanges changes) {
        Text text = spare == null ? new Text() : spare;
        spare = null;
        if (text.body.length < length) {
            text.body = new byte[length];
        }
        in.getBytes(index, text.body, 0, length);
        text.bytes = length;
        text.version = ++lastVersion;
        text.changes = changes;
        text.routes.forget();
        text.description = null;
        pending.addLast(text);
    }

    /// Something that ends it is sent.
    public void end() {
        pending.addLast(NONE);
    }

    /// The server came to the oldest message that was sent.
    public void done() {
        replaceConfirmed(pending.removeFirst());
    }

    /// The server failed the oldest message, which had ended the statement before.
    public void failed() {
        recycle(pending.removeFirst());
        replaceConfirmed(NONE);
    }

    /// The server skipped the oldest message.
    public void skipped() {
        recycle(pending.removeFirst());
    }

    private Text current() {
        Text newest = pending.peekLast();
        return newest == null ? confirmed : newest;
    }

    private void replaceConfirmed(Text text) {
        recycle(confirmed);
        confirmed = text;
    }

    private void recycle(Text text) {
        if (text != NONE && text.body.length <= KEPT_BYTES_MAX) {
            spare = text;
        }
    }
}
