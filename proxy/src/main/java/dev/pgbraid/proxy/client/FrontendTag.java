package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ProtocolViolation;

/// What the type of a client's message says of it.
final class FrontendTag {
    /// PostgreSQL's own limits for the length that a message says that it has.
    private static final int SMALL_LENGTH_MAX = 10_000;

    private static final int LARGE_LENGTH_MAX = 0x3FFF_FFFE;

    private FrontendTag() {}

    /// Whether PostgreSQL reads on behind the header of a message. If not it ends the connection without a word.
    ///
    /// @throws ProtocolViolation if there are no such messages
    static boolean allows(byte tag, int length) {
        int max = switch (tag) {
            case 'E', 'D', 'C', 'H', 'S', 'X', 'c', 'f' -> SMALL_LENGTH_MAX;
            case 'Q', 'F', 'P', 'B', 'd' -> LARGE_LENGTH_MAX;
            default -> throw unknown(tag);
        };
        return length >= Integer.BYTES && length <= max;
    }

    /// Whether a message makes a server do something that can take time.
    static boolean takesTime(byte tag) {
        return switch (tag) {
            case 'Q', 'F', 'P', 'B', 'D', 'E' -> true;
            default -> false;
        };
    }

    /// Whether a server answers a message and all that is wrong with it with ReadyForQuery.
    static boolean isSimple(byte tag) {
        return tag == 'Q' || tag == 'F';
    }

    static ProtocolViolation unknown(byte tag) {
        return new ProtocolViolation("invalid frontend message type " + (tag & 0xFF));
    }
}
