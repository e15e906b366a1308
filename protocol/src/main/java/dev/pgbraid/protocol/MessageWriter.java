package dev.pgbraid.protocol;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Appends the fields of one message to a borrowed buffer.
///
/// What cannot be said on the wire, such as a zero byte inside a string, is a bug of the caller and an
/// [IllegalArgumentException]; the buffer is then as it was before the message.
public final class MessageWriter {
    private static final int UINT16_MAX = 0xFFFF;

    private final ByteBuf out;

    private MessageWriter(ByteBuf out) {
        this.out = out;
    }

    /// Appends a whole message.
    public static void write(ByteBuf out, byte tag, Consumer<MessageWriter> body) {
        int start = out.writerIndex();
        out.writeByte(tag);
        writeCounted(out, start, body);
    }

    /// Appends a whole startup packet, which has no type byte.
    public static void writeStartup(ByteBuf out, Consumer<MessageWriter> body) {
        writeCounted(out, out.writerIndex(), body);
    }

    /// The only place that writes a length, so no message can get its own wrong.
    private static void writeCounted(ByteBuf out, int start, Consumer<MessageWriter> body) {
        int lengthIndex = out.writerIndex();
        boolean written = false;
        try {
            out.writeInt(0);
            body.accept(new MessageWriter(out));
            out.setInt(lengthIndex, out.writerIndex() - lengthIndex);
            written = true;
        } finally {
            if (!written) {
                out.writerIndex(start);
            }
        }
    }

    public void writeByte(int value) {
        out.writeByte(value);
    }

    public void writeInt16(int value) {
        out.writeShort(value);
    }

    public void writeInt32(int value) {
        out.writeInt(value);
    }

    public void writeCString(ByteString string) {
        // A zero byte would end the string early and let its rest be read as the next fields.
        if (string.indexOf((byte) 0) >= 0) {
            throw new IllegalArgumentException("a string may not hold a zero byte: " + string);
        }
        writeBytes(string);
        out.writeByte(0);
    }

    public void writeBytes(ByteString bytes) {
        out.writeBytes(bytes.borrow());
    }

    public void writeValue(WireValue value) {
        switch (value) {
            case WireValue.Null _ -> out.writeInt(-1);
            case WireValue.Bytes(ByteString bytes) -> {
                out.writeInt(bytes.length());
                writeBytes(bytes);
            }
        }
    }

    /// Writes an `Int16` count followed by the elements.
    public <T> void writeList(List<T> list, BiConsumer<T, MessageWriter> element) {
        if (list.size() > UINT16_MAX) {
            throw new IllegalArgumentException("a list may have 65535 elements, has " + list.size());
        }
        out.writeShort(list.size());
        for (T each : list) {
            element.accept(each, this);
        }
    }
}
