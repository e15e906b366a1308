package dev.pgbraid.proxy.session;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// A statement that clients have prepared, shared by all who prepared the same text with the same parameter types.
///
/// Backends know it by a name of the proxy's, whatever the clients call it.
public final class PreparedStatement {
    /// No name that a client's statement has on a backend starts otherwise.
    public static final String PREFIX = "pgbraid_";

    /// One that does nothing, which a server accepts at any time. Its name is taken wherever it is prepared.
    public static final PreparedStatement EMPTY =
            new PreparedStatement(0, new byte[1 + Short.BYTES], SessionChanges.NONE);

    private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);

    private final long number;
    private final byte[] name;
    private final byte[] body;
    private final SessionChanges changes;
    private final RoutesMemo routes = new RoutesMemo();
    private boolean outdated;

    /// @param number makes the name on the backends
    /// @param body what follows the name in Parse: the text and the parameter types
    /// @param changes what running it may change of the session
    PreparedStatement(long number, byte[] body, SessionChanges changes) {
        this.number = number;
        this.name = (PREFIX + number + '\0').getBytes(StandardCharsets.US_ASCII);
        this.body = body;
        this.changes = changes;
    }

    /// Whether only statements of the proxy's have such a name.
    public static boolean isReserved(ByteBuf in, int name, int nameBytes) {
        for (int i = 0; i < PREFIX_BYTES.length; i++) {
            if (i >= nameBytes || in.getByte(name + i) != PREFIX_BYTES[i]) {
                return false;
            }
        }
        return true;
    }

    /// What backends call it.
    public String name() {
        return PREFIX + number;
    }

    /// Where it runs.
    public RoutesMemo routes() {
        return routes;
    }

    /// A table has changed so that the server does not run it any more: who prepares the text again needs another.
    void becomesOutdated() {
        outdated = true;
    }

    boolean isOutdated() {
        return outdated;
    }

    public SessionChanges changes() {
        return changes;
    }

    /// The bytes of the name and the zero that ends it.
    public int nameLength() {
        return name.length;
    }

    /// Writes the name and the zero that ends it.
    public void writeName(ByteBuf out) {
        out.writeBytes(name);
    }

    /// What follows the name in Parse.
    ///
    /// @param description what servers said of the statement before, which is what types its parameters have
    public byte[] body(StatementDescription description) {
        return description.isKnown() ? description.typed(body) : body;
    }

    /// What follows the name in the first Parse.
    public byte[] body() {
        return body;
    }
}
