package dev.pgbraid.router.key;

import java.util.Optional;

/// The types that a key column may have.
public enum KeyType {
    BOOLEAN("boolean", 16),
    BYTEA("bytea", 17),
    BIGINT("bigint", 20),
    SMALLINT("smallint", 21),
    INTEGER("integer", 23),
    TEXT("text", 25),
    CHARACTER("character", 1042),
    VARCHAR("character varying", 1043),
    DATE("date", 1082),
    TIMESTAMP("timestamp", 1114),
    TIMESTAMPTZ("timestamp with time zone", 1184),
    NUMERIC("numeric", 1700),
    UUID("uuid", 2950);

    private final String sqlName;
    private final int oid;

    KeyType(String sqlName, int oid) {
        this.sqlName = sqlName;
        this.oid = oid;
    }

    /// The type with that object identifier, which is the same in every database.
    public static Optional<KeyType> ofOid(int oid) {
        for (KeyType type : values()) {
            if (type.oid == oid) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /// The name in PostgreSQL's messages.
    public String sqlName() {
        return sqlName;
    }

    public int oid() {
        return oid;
    }

    /// Whether the order and equality of values depend on the collation of their column.
    public boolean isCollatable() {
        return this == TEXT || this == VARCHAR || this == CHARACTER;
    }

    /// Whether equal values of the two types are one key, with one hash: `smallint` 5 and `bigint` 5 are.
    public boolean sharesKeysWith(KeyType that) {
        return this == that || (isInteger() && that.isInteger()) || (isText() && that.isText());
    }

    boolean isInteger() {
        return this == SMALLINT || this == INTEGER || this == BIGINT;
    }

    private boolean isText() {
        return this == TEXT || this == VARCHAR;
    }

    /// Reads what the type's input function would: the text of a parameter, or of a literal whose quotes and escapes
    /// are resolved.
    public KeyReading readText(byte[] bytes, int from, int to) {
        KeyText text = new KeyText(this, bytes, from, to);
        return switch (this) {
            case TEXT, VARCHAR, CHARACTER -> OctetText.characters(text);
            case BYTEA -> OctetText.bytea(text);
            case SMALLINT, INTEGER, BIGINT -> text.hasOnlyAscii() ? WholeText.integer(text) : text.notAscii();
            case BOOLEAN -> text.hasOnlyAscii() ? WholeText.bool(text) : text.notAscii();
            case NUMERIC -> text.hasOnlyAscii() ? DecimalText.read(text) : text.notAscii();
            case UUID -> text.hasOnlyAscii() ? OctetText.uuid(text) : text.notAscii();
            case DATE, TIMESTAMP, TIMESTAMPTZ -> text.hasOnlyAscii() ? DateTimeText.read(text) : text.notAscii();
        };
    }

    /// Reads what the type's receive function would: the bytes of a parameter in binary format.
    public KeyReading readBinary(byte[] bytes, int from, int to) {
        return BinaryForm.read(this, bytes, from, to);
    }

    /// The value of this type that `=` finds equal to `value`, which is of type `from`; where there is none, nothing
    /// is proven.
    public KeyReading equalTo(KeyType from, KeyValue value) {
        return Conversion.equal(value, from, this);
    }

    /// What becomes of `value`, which is of type `from`, when a column of this type without a length is assigned it;
    /// [KeyColumn#assign] does the rest.
    public KeyReading assignedFrom(KeyType from, KeyValue value) {
        return Conversion.assign(value, from, this);
    }

    /// Whether `value` has the form and is in the range of the type; NULL is a value of every type.
    boolean holds(KeyValue value) {
        return switch (value) {
            case KeyValue.Null _ -> true;
            case Whole(long whole) -> holds(whole);
            case Decimal _ -> this == NUMERIC;
            case Octets octets -> isCollatable() || this == BYTEA || (this == UUID && octets.length() == 16);
        };
    }

    boolean holds(long whole) {
        return switch (this) {
            case SMALLINT -> whole == (short) whole;
            case INTEGER -> whole == (int) whole;
            case BIGINT -> true;
            case BOOLEAN -> whole == 0 || whole == 1;
            case DATE -> DateTimeText.isDate(whole);
            case TIMESTAMP, TIMESTAMPTZ -> DateTimeText.isTimestamp(whole);
            case BYTEA, TEXT, CHARACTER, VARCHAR, NUMERIC, UUID -> false;
        };
    }
}
