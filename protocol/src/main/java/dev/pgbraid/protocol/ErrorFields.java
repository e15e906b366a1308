package dev.pgbraid.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.StringJoiner;

/// The fields of an error or a notice by their type bytes, in the order in which they travel.
///
/// Types that are unknown here are kept: a client may know them.
public record ErrorFields(SequencedMap<Byte, ByteString> fields) {
    public static final byte SEVERITY = 'S';
    /// The severity in English, whatever the server's language.
    public static final byte SEVERITY_UNLOCALIZED = 'V';
    public static final byte CODE = 'C';
    public static final byte MESSAGE = 'M';
    public static final byte DETAIL = 'D';
    public static final byte HINT = 'H';
    public static final byte POSITION = 'P';
    public static final byte INTERNAL_POSITION = 'p';
    public static final byte INTERNAL_QUERY = 'q';
    public static final byte WHERE = 'W';
    public static final byte SCHEMA = 's';
    public static final byte TABLE = 't';
    public static final byte COLUMN = 'c';
    public static final byte DATA_TYPE = 'd';
    public static final byte CONSTRAINT = 'n';
    public static final byte FILE = 'F';
    public static final byte LINE = 'L';
    public static final byte ROUTINE = 'R';

    private static final byte END = 0;

    public ErrorFields {
        if (fields.containsKey(END)) {
            throw new IllegalArgumentException("a field of type 0 would end the message");
        }
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    public static ErrorFields error(Severity severity, SqlState code, String message) {
        SequencedMap<Byte, ByteString> fields = new LinkedHashMap<>();
        fields.put(SEVERITY, ByteString.utf8(severity.name()));
        fields.put(SEVERITY_UNLOCALIZED, ByteString.utf8(severity.name()));
        fields.put(CODE, ByteString.utf8(code.code()));
        fields.put(MESSAGE, ByteString.utf8(message));
        return new ErrorFields(fields);
    }

    public static ErrorFields read(MessageReader in) {
        SequencedMap<Byte, ByteString> fields = new LinkedHashMap<>();
        for (int type = in.readUInt8(); type != END; type = in.readUInt8()) {
            fields.put((byte) type, in.readCString());
        }
        return new ErrorFields(fields);
    }

    public void write(MessageWriter out) {
        fields.forEach((type, value) -> {
            out.writeByte(type);
            out.writeCString(value);
        });
        out.writeByte(END);
    }

    /// The same fields with this one set.
    public ErrorFields with(byte type, String value) {
        SequencedMap<Byte, ByteString> changed = new LinkedHashMap<>(fields);
        changed.put(type, ByteString.utf8(value));
        return new ErrorFields(changed);
    }

    public ErrorFields withDetail(String detail) {
        return with(DETAIL, detail);
    }

    public ErrorFields withHint(String hint) {
        return with(HINT, hint);
    }

    /// Whether it is an error of that code.
    public boolean has(SqlState code) {
        return get(CODE).filter(ByteString.utf8(code.code())::equals).isPresent();
    }

    public Optional<ByteString> get(byte type) {
        return Optional.ofNullable(fields.get(type));
    }

    /// The fields by their letters, such as `{S=ERROR, C=42601}`.
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        fields.forEach((type, value) -> text.add((char) (type & 0xFF) + "=" + value));
        return text.toString();
    }
}
