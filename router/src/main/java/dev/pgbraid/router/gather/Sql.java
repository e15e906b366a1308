package dev.pgbraid.router.gather;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A text in the encoding of a client.
public final class Sql {
    private final byte[] bytes;

    private Sql(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /// This text with others around it, which hold ASCII alone.
    public Sql within(String before, String after) {
        return new Writer(StandardCharsets.US_ASCII)
                .append(before)
                .append(bytes, 0, bytes.length)
                .append(after)
                .sql();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sql sql && Arrays.equals(bytes, sql.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Puts a text together.
    static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final Charset charset;

        Writer(Charset charset) {
            this.charset = charset;
        }

        Writer append(String text) {
            out.writeBytes(text.getBytes(charset));
            return this;
        }

        Writer append(Sql text) {
            out.writeBytes(text.bytes);
            return this;
        }

        Writer append(byte[] text, int from, int to) {
            out.write(text, from, to - from);
            return this;
        }

        Sql sql() {
            return new Sql(out.toByteArray());
        }
    }

    /// A name as it is written in a text.
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
