package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.MessageWriter;
import java.util.List;

/// The columns of the rows that follow.
public record RowDescription(List<Field> fields) implements BackendMessage {

    /// One column.
    ///
    /// @param name the column's name
    /// @param tableOid the table that it comes from, or zero
    /// @param columnNumber its attribute number in that table, negative for a system column, or zero
    /// @param typeOid its data type
    /// @param typeSize the size of the type; negative for types of variable width
    /// @param typeModifier the type's modifier, such as a precision, or -1
    /// @param format text while a statement is described, whose formats are chosen only by `Bind`
    public record Field(
            ByteString name,
            int tableOid,
            int columnNumber,
            int typeOid,
            int typeSize,
            int typeModifier,
            Format format) {

        /// The same column in another format.
        public Field in(Format other) {
            return new Field(name, tableOid, columnNumber, typeOid, typeSize, typeModifier, other);
        }

        private static Field read(MessageReader in) {
            return new Field(
                    in.readCString(),
                    in.readInt32(),
                    in.readInt16(),
                    in.readInt32(),
                    in.readInt16(),
                    in.readInt32(),
                    Format.read(in));
        }

        private void write(MessageWriter out) {
            out.writeCString(name);
            out.writeInt32(tableOid);
            out.writeInt16(columnNumber);
            out.writeInt32(typeOid);
            out.writeInt16(typeSize);
            out.writeInt32(typeModifier);
            format.write(out);
        }
    }

    public RowDescription {
        fields = List.copyOf(fields);
    }

    public static RowDescription decode(MessageReader in) {
        List<Field> fields = in.readList(Field::read);
        in.end();
        return new RowDescription(fields);
    }

    @Override
    public byte tag() {
        return 'T';
    }

    @Override
    public void encodeBody(MessageWriter out) {
        out.writeList(fields, Field::write);
    }
}
