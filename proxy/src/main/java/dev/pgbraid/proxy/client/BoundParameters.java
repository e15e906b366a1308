package dev.pgbraid.proxy.client;

import dev.pgbraid.router.plan.Parameters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// The values in a Bind message, read where they are. Used again for every message.
final class BoundParameters implements Parameters {
    private static final int NULL_LENGTH = -1;

    /// What became of reading a message.
    enum Reading {
        DONE,
        /// Too little of it is here.
        PARTIAL,
        /// It breaks the protocol, as the server will say.
        BROKEN
    }

    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private byte[] statement = {};
    private int types;
    private int typeCount;
    private int formats;
    private int formatCount;
    private int count;
    private int[] starts = new int[8];
    private int[] lengths = new int[8];

    /// Reads a Bind up to the value of `last`.
    ///
    /// @param body begins with text and parameter types of the statement, as in Parse
    /// @param last the highest number of a parameter that is wanted
    Reading read(ClientMessage bind, byte[] body, int last) {
        in = bind.in();
        statement = body;
        readTypes();
        int portalEnd = bind.textEnd(bind.body());
        int nameEnd = portalEnd < 0 ? -1 : bind.textEnd(portalEnd + 1);
        boolean isWhole = bind.here() >= bind.bytes();
        if (nameEnd < 0) {
            return isWhole ? Reading.BROKEN : Reading.PARTIAL;
        }
        Reading read = readValues(nameEnd + 1, Math.min(bind.end(), in.writerIndex()), last);
        return read == Reading.PARTIAL && isWhole ? Reading.BROKEN : read;
    }

    private void readTypes() {
        int end = 0;
        while (statement[end] != 0) {
            end++;
        }
        typeCount = (statement[end + 1] & 0xFF) << Byte.SIZE | (statement[end + 2] & 0xFF);
        types = end + 1 + Short.BYTES;
    }

    private Reading readValues(int from, int end, int last) {
        int at = from;
        if (at + Short.BYTES > end) {
            return Reading.PARTIAL;
        }
        formatCount = in.getUnsignedShort(at);
        formats = at + Short.BYTES;
        at = formats + formatCount * Short.BYTES;
        if (at + Short.BYTES > end) {
            return Reading.PARTIAL;
        }
        count = in.getUnsignedShort(at);
        at += Short.BYTES;
        grow();
        for (int value = 0; value < Math.min(count, last); value++) {
            if (at + Integer.BYTES > end) {
                return Reading.PARTIAL;
            }
            int length = in.getInt(at);
            at += Integer.BYTES;
            starts[value] = at;
            lengths[value] = length;
            if (length > end - at) {
                return Reading.PARTIAL;
            }
            if (length < NULL_LENGTH) {
                return Reading.BROKEN;
            }
            at += Math.max(length, 0);
        }
        return formatCount > 1 && formatCount != count ? Reading.BROKEN : Reading.DONE;
    }

    private void grow() {
        if (starts.length < count) {
            starts = new int[2 * count];
            lengths = new int[2 * count];
        }
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int type(int number) {
        if (number > typeCount) {
            return 0;
        }
        int type = types + (number - 1) * Integer.BYTES;
        return (statement[type] & 0xFF) << 24
                | (statement[type + 1] & 0xFF) << 16
                | (statement[type + 2] & 0xFF) << 8
                | (statement[type + 3] & 0xFF);
    }

    @Override
    public boolean isNull(int number) {
        return lengths[number - 1] == NULL_LENGTH;
    }

    @Override
    public boolean isBinary(int number) {
        return switch (formatCount) {
            case 0 -> false;
            case 1 -> in.getUnsignedShort(formats) == 1;
            default -> in.getUnsignedShort(formats + (number - 1) * Short.BYTES) == 1;
        };
    }

    @Override
    public byte[] bytes(int number) {
        byte[] value = new byte[lengths[number - 1]];
        in.getBytes(starts[number - 1], value);
        return value;
    }
}
