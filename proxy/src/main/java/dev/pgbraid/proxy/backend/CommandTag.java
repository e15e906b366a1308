package dev.pgbraid.proxy.backend;

import io.netty.buffer.ByteBuf;

/// What the tag of a completed command says about the state of the server's session.
public enum CommandTag {
    /// Nothing that statements know of.
    PLAIN(""),
    DEALLOCATE("DEALLOCATE"),
    DEALLOCATE_ALL("DEALLOCATE ALL"),
    DISCARD_ALL("DISCARD ALL");

    private static final CommandTag[] TAGS = values();

    private final String text;

    CommandTag(String text) {
        this.text = text + '\0';
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
