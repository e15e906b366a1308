package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.CommandComplete;
import dev.pgbraid.protocol.backend.PortalSuspended;
import dev.pgbraid.proxy.net.ChannelWriter;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Makes one answer of the messages of several servers. Where each has a part of the rows, it is what the first says of
/// the columns, the rows of all, and a tag with the sum of their counts. Where all answer alike, it is what the first
/// says, and the last tag waits until all have done their parts.
final class FanAnswer {
    private final ChannelWriter client;
    private final int rowsMax;
    private final boolean alike;
    private int rows;
    private @Nullable String tag;
    private long count;
    private boolean counts;

    /// @param rowsMax how many rows the client wants, 0 for all
    /// @param alike whether all of them answer alike
    FanAnswer(ChannelWriter client, int rowsMax, boolean alike) {
        this.client = client;
        this.rowsMax = rowsMax;
        this.alike = alike;
    }

    /// Takes the part of the first server, or that of another.
    FanBranch.Sink of(boolean isFirst) {
        return new FanBranch.Sink() {
            @Override
            public boolean accept(byte tag, ByteBuf in, int at, int bytes) {
                if (tag == 'C') {
                    int body = at + ClientMessage.HEADER_BYTES;
                    completed(in.toString(body, at + bytes - body - 1, StandardCharsets.UTF_8), isFirst);
                }
                return passes(tag, isFirst);
            }

            @Override
            public void pass(ByteBuf in, int index, int length) {
                client.write(in, index, length);
            }
        };
    }

    /// Whether a message of type `tag` is passed on.
    private boolean passes(byte type, boolean isFirst) {
        return switch (type) {
            case 'D' -> (isFirst || !alike) && !isEnough() && countRow();
            case 'T', 'n', '2', 'S', 'N' -> isFirst && endStatement();
            default -> false;
        };
    }

    private boolean countRow() {
        rows++;
        return endStatement();
    }

    /// Tells the tag of the statement before, if another one follows.
    private boolean endStatement() {
        if (alike && tag != null) {
            tell(tag);
            tag = null;
        }
        return true;
    }

    /// Whether the client has all the rows that it wants.
    boolean isEnough() {
        return rowsMax > 0 && rows >= rowsMax;
    }

    /// A server has done a statement.
    private void completed(String text, boolean isFirst) {
        if (alike) {
            if (isFirst) {
                endStatement();
                tag = text;
            }
            return;
        }
        int space = text.lastIndexOf(' ');
        String last = text.substring(space + 1);
        boolean isCount = space > 0 && !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
        if (tag == null) {
            tag = isCount ? text.substring(0, space) : text;
            counts = isCount;
        }
        if (isCount) {
            count += Long.parseLong(last);
        }
    }

    /// All have done their parts.
    void complete() {
        if (isEnough()) {
            new PortalSuspended().encode(client.append(5));
        } else if (tag != null) {
            tell(counts ? tag + " " + count : tag);
        }
    }

    private void tell(String text) {
        new CommandComplete(ByteString.utf8(text))
                .encode(client.append(ClientMessage.HEADER_BYTES + text.length() + 1));
    }
}
