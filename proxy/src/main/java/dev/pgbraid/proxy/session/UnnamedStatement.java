package dev.pgbraid.proxy.session;

import io.netty.buffer.ByteBuf;

/// The unnamed statement of one client: what it was told to be, and whether it is there.
///
/// A Parse sets it and a simple query or a Close ends it, but only when the server comes to that message. Until the
/// answers are here it is taken for what it would be if nothing failed. A statement that was overwritten is not
/// remembered: should the Parse that did so fail, none is there, where the server would still have the one before.
public final class UnnamedStatement {
    private byte[] body = new byte[0];
    private int bytes;
    private long version;
    private boolean exists;

    /// Whether the body is that of the statement which the answers that have come leave behind.
    private boolean confirmed;

    private int pending;
    private int pendingParses;

    /// Whether there is one, if nothing fails that is under way.
    public boolean exists() {
        return exists;
    }

    /// Whether there can be anything to end.
    public boolean mayExist() {
        return exists || pending > 0;
    }

    /// Changes with each Parse.
    public long version() {
        return version;
    }

    public int bodyLength() {
        return bytes;
    }

    public void writeBody(ByteBuf out) {
        out.writeBytes(body, 0, bytes);
    }

    /// A Parse is sent.
    public void prepare(ByteBuf in, int index, int length) {
        if (body.length < length) {
            body = new byte[length];
        }
        in.getBytes(index, body, 0, length);
        bytes = length;
        version++;
        exists = true;
        confirmed = false;
        pending++;
        pendingParses++;
    }

    /// Something that ends it is sent.
    public void end() {
        exists = false;
        pending++;
    }

    /// The answer to a Parse has come, or cannot come any more.
    public void prepared(boolean done) {
        pendingParses--;
        if (done) {
            confirmed = pendingParses == 0;
        }
        settle();
    }

    /// The same for something that ends it.
    public void ended(boolean done) {
        if (done) {
            confirmed = false;
        }
        settle();
    }

    /// The server has forgotten it.
    public void forget() {
        exists = false;
        confirmed = false;
    }

    private void settle() {
        pending--;
        if (pending == 0) {
            exists = confirmed;
        }
    }
}
