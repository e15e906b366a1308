package dev.pgbraid.protocol;

/// A column or parameter value as it travels: a length and that many bytes, or SQL NULL.
public sealed interface WireValue {
    WireValue NULL = new Null();

    /// SQL NULL, which is not an empty value.
    record Null() implements WireValue {}

    record Bytes(ByteString bytes) implements WireValue {}

    static WireValue of(ByteString bytes) {
        return new Bytes(bytes);
    }

    static WireValue text(String text) {
        return new Bytes(ByteString.utf8(text));
    }
}
