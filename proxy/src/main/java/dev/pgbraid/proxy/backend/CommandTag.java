package dev.pgbraid.proxy.backend;

import io.netty.buffer.ByteBuf;

/// What the tag of a completed command says about the state of the server's session.
public enum CommandTag {
    /// Nothing that outlives the transaction.
    PLAIN(""),
    SET("SET"),
    RESET("RESET"),
    PREPARE("PREPARE"),
    LISTEN("LISTEN"),
    DECLARE_CURSOR("DECLARE CURSOR"),
    /// Perhaps a temporary table; the tag does not tell.
    CREATE_TABLE("CREATE TABLE"),
    LOAD("LOAD"),
    DEALLOCATE_ALL("DEALLOCATE ALL"),
    DISCARD_ALL("DISCARD ALL");

    private static final CommandTag[] TAGS = values();

    private final String text;

    CommandTag(String text) {
        this.text = text + '\0';
    }

    /// Whether the session has state from now on that only this backend has.
    public boolean pins() {
        return switch (this) {
            case PLAIN, DEALLOCATE_ALL, DISCARD_ALL -> false;
            case SET, RESET, PREPARE, LISTEN, DECLARE_CURSOR, CREATE_TABLE, LOAD -> true;
        };
    }

    /// The tag in the `length` bytes of `message` at `index`, its final zero included.
    static CommandTag of(ByteBuf message, int index, int length) {
        for (int i = 1; i < TAGS.length; i++) {
            if (TAGS[i].matches(message, index, length)) {
                return TAGS[i];
            }
        }
        return PLAIN;
    }

    private boolean matches(ByteBuf message, int index, int length) {
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (message.getByte(index + i) != (byte) text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
