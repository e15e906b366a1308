package dev.pgbraid.protocol;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Reads the fields of one message body, in order, and never past its end.
///
/// The buffer is borrowed: nothing that is read refers to it afterwards. Every length and every count is checked here,
/// and what does not fit is a [ProtocolViolation] that names the message, so decoders need no checks of their own.
public final class MessageReader {
    private final String message;
    private final ByteBuf body;

    public MessageReader(String message, ByteBuf body) {
        this.message = message;
        this.body = body;
    }

    /// The same body under another name, for a dispatcher that has found out which message it is.
    public MessageReader named(String otherMessage) {
        return new MessageReader(otherMessage, body);
    }

    public int readUInt8() {
        require(1, "a byte");
        return body.readUnsignedByte();
    }

    public int readInt16() {
        require(2, "an Int16");
        return body.readShort();
    }

    public int readUInt16() {
        require(2, "an Int16");
        return body.readUnsignedShort();
    }

    public int readInt32() {
        require(4, "an Int32");
        return body.readInt();
    }

    /// Reads bytes up to a zero byte, which is skipped.
    public ByteString readCString() {
        int length = body.bytesBefore((byte) 0);
        if (length < 0) {
            throw violation("a string is not ended within the " + body.readableBytes() + " bytes left");
        }
        ByteString string = take(length);
        body.skipBytes(1);
        return string;
    }

    public ByteString readBytes(int length) {
        require(length, "a field");
        return take(length);
    }

    public ByteString readRemaining() {
        return take(body.readableBytes());
    }

    /// Reads an `Int32` length followed by that many bytes; a length of -1 stands for NULL.
    public WireValue readValue() {
        int length = readInt32();
        if (length == -1) {
            return WireValue.NULL;
        }
        if (length < 0) {
            throw violation("a value has the length " + length);
        }
        require(length, "a value");
        return WireValue.of(take(length));
    }

    /// Reads an `Int16` count followed by that many elements.
    public <T> List<T> readList(Function<MessageReader, T> element) {
        return readList(readUInt16(), element);
    }

    /// Reads `count` elements of at least one byte each.
    public <T> List<T> readList(int count, Function<MessageReader, T> element) {
        // The count is untrusted, so it is held against the bytes that are here before it sizes anything.
        if (count < 0 || count > body.readableBytes()) {
            throw violation("a list has " + count + " elements, and " + body.readableBytes() + " bytes are left");
        }
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(element.apply(this));
        }
        return List.copyOf(list);
    }

    public boolean hasMore() {
        return body.isReadable();
    }

    /// Checks that the body has been read whole.
    public void end() {
        if (body.isReadable()) {
            throw violation(body.readableBytes() + " bytes are left over");
        }
    }

    /// The exception to throw when a field is readable but not legal.
    public ProtocolViolation violation(String text) {
        return violation(SqlState.PROTOCOL_VIOLATION, text);
    }

    public ProtocolViolation violation(SqlState sqlState, String text) {
        return new ProtocolViolation(sqlState, message + ": " + text);
    }

    private void require(int length, String field) {
        if (length > body.readableBytes()) {
            throw violation(field + " needs " + length + " bytes, and " + body.readableBytes() + " are left");
        }
    }

    private ByteString take(int length) {
        byte[] bytes = new byte[length];
        body.readBytes(bytes);
        return ByteString.owning(bytes);
    }
}
