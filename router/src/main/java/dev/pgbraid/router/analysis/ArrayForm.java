package dev.pgbraid.router.analysis;

import dev.pgbraid.router.key.KeyType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the elements of arrays of one dimension. What is not understood has no elements to tell.
final class ArrayForm {
    private static final Map<Integer, KeyType> ELEMENTS = Map.ofEntries(
            Map.entry(1000, KeyType.BOOLEAN),
            Map.entry(1001, KeyType.BYTEA),
            Map.entry(1005, KeyType.SMALLINT),
            Map.entry(1007, KeyType.INTEGER),
            Map.entry(1009, KeyType.TEXT),
            Map.entry(1014, KeyType.CHARACTER),
            Map.entry(1015, KeyType.VARCHAR),
            Map.entry(1016, KeyType.BIGINT),
            Map.entry(1115, KeyType.TIMESTAMP),
            Map.entry(1182, KeyType.DATE),
            Map.entry(1185, KeyType.TIMESTAMPTZ),
            Map.entry(1231, KeyType.NUMERIC),
            Map.entry(2951, KeyType.UUID));

    private final String text;
    private final List<Optional<String>> elements = new ArrayList<>();
    private int at;

    private ArrayForm(String text) {
        this.text = text;
    }

    /// The type of the elements of an array type.
    static Optional<KeyType> elementOf(int arrayType) {
        return Optional.ofNullable(ELEMENTS.get(arrayType));
    }

    /// The elements of `{1,NULL,"a b"}`, NULL being absent.
    static Optional<List<Optional<String>>> readText(String text) {
        ArrayForm form = new ArrayForm(text.strip());
        return form.read() ? Optional.of(form.elements) : Optional.empty();
    }

    private boolean read() {
        if (!text.startsWith("{") || !text.endsWith("}")) {
            return false;
        }
        if (text.substring(1, text.length() - 1).isBlank()) {
            return true;
        }
        at = 1;
        while (at < text.length()) {
            boolean isRead = text.charAt(at) == '"' ? quoted() : plain();
            if (!isRead || at >= text.length()) {
                return false;
            }
            char after = text.charAt(at++);
            if (after == '}') {
                return at == text.length();
            }
            if (after != ',') {
                return false;
            }
        }
        return false;
    }

    private boolean quoted() {
        StringBuilder element = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at < text.length()) {
                element.append(text.charAt(at));
            }
        }
        at++;
        elements.add(Optional.of(element.toString()));
        return true;
    }

    /// An element without quotes, as long as it has nothing that asks for more rules.
    private boolean plain() {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '}') {
            if ("{\\\"".indexOf(text.charAt(at)) >= 0 || Character.isWhitespace(text.charAt(at))) {
                return false;
            }
            at++;
        }
        String element = text.substring(start, at);
        elements.add(element.equalsIgnoreCase("null") ? Optional.empty() : Optional.of(element));
        return !element.isEmpty();
    }

    /// The elements of an array in binary format, NULL being absent.
    static Optional<List<Optional<byte[]>>> readBinary(byte[] bytes, KeyType element) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int dimensions = in.getInt();
            in.getInt();
            boolean isOfType = in.getInt() == element.oid();
            if (dimensions == 0) {
                return Optional.of(List.of());
            }
            int count = in.getInt();
            in.getInt();
            if (dimensions != 1 || !isOfType || count < 0 || count > bytes.length) {
                return Optional.empty();
            }
            List<Optional<byte[]>> elements = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                elements.add(readElement(in));
            }
            return in.hasRemaining() ? Optional.empty() : Optional.of(elements);
        } catch (BufferUnderflowException _) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> readElement(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0) {
            return Optional.empty();
        }
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] value = new byte[length];
        in.get(value);
        return Optional.of(value);
    }
}
