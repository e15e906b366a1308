package dev.pgbraid.proxy.differential;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.WireValue;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The value of a parameter: `5`, `'abc'`, `NULL`, each with its type behind `::` where that is not obvious.
///
/// @param literal as it is written
/// @param type the name of its type
/// @param text its text format, nothing for NULL
record Parameter(String literal, String type, Optional<String> text) {
    private static final Pattern FORM =
            Pattern.compile("\\s*('(?:[^']|'')*'|[^,':]+)(?:::([a-z]+(?:\\[])?))?\\s*(?:,|$)");
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final Map<String, Integer> OIDS = Map.ofEntries(
            Map.entry("boolean", 16),
            Map.entry("bytea", 17),
            Map.entry("bigint", 20),
            Map.entry("smallint", 21),
            Map.entry("int", 23),
            Map.entry("text", 25),
            Map.entry("double", 701),
            Map.entry("text[]", 1009),
            Map.entry("int[]", 1007),
            Map.entry("bigint[]", 1016),
            Map.entry("bpchar", 1042),
            Map.entry("varchar", 1043),
            Map.entry("date", 1082),
            Map.entry("timestamp", 1114),
            Map.entry("timestamptz", 1184),
            Map.entry("numeric", 1700),
            Map.entry("uuid", 2950),
            Map.entry("uuid[]", 2951),
            Map.entry("jsonb", 3802));

    /// Reads a list of values.
    static List<Parameter> list(String line) {
        List<Parameter> parameters = new ArrayList<>();
        Matcher matcher = FORM.matcher(line);
        for (int end = 0; end < line.length(); end = matcher.end()) {
            if (!matcher.region(end, line.length()).lookingAt()) {
                throw new IllegalArgumentException("no list of values: " + line);
            }
            parameters.add(of(matcher));
        }
        return parameters;
    }

    private static Parameter of(Matcher matcher) {
        String value = matcher.group(1).strip();
        boolean isQuoted = value.startsWith("'");
        String type = Optional.ofNullable(matcher.group(2)).orElseGet(() -> isQuoted ? "text" : numberType(value));
        if (!OIDS.containsKey(type)) {
            throw new IllegalArgumentException("no type is called " + type);
        }
        String literal = matcher.group(2) == null
                ? value
                : value + "::" + matcher.group(2).replace("double", "float8");
        if (value.equals("NULL")) {
            return new Parameter(literal, type, Optional.empty());
        }
        String text = isQuoted ? value.substring(1, value.length() - 1).replace("''", "'") : value;
        return new Parameter(literal, type, Optional.of(text));
    }

    private static String numberType(String value) {
        if (value.equals("NULL")) {
            return "text";
        }
        if (value.contains(".")) {
            return "numeric";
        }
        long number = Long.parseLong(value);
        return number == (int) number ? "int" : "bigint";
    }

    int typeOid() {
        return OIDS.getOrDefault(type, 0);
    }

    WireValue asText() {
        return text.<WireValue>map(value -> WireValue.of(ByteString.utf8(value)))
                .orElse(WireValue.NULL);
    }

    /// The format that [#asTyped] is in: binary where that is simple.
    Format typedFormat() {
        return switch (type) {
            case "boolean", "bytea", "smallint", "int", "bigint", "text", "varchar", "bpchar", "uuid", "date" ->
                Format.BINARY;
            default -> Format.TEXT;
        };
    }

    WireValue asTyped() {
        return text.<WireValue>map(value -> WireValue.of(ByteString.copyOf(typed(value))))
                .orElse(WireValue.NULL);
    }

    private byte[] typed(String value) {
        return switch (type) {
            case "boolean" -> new byte[] {(byte) (Boolean.parseBoolean(value) ? 1 : 0)};
            case "bytea" -> HexFormat.of().parseHex(value.substring("\\x".length()));
            case "smallint" ->
                ByteBuffer.allocate(Short.BYTES)
                        .putShort(Short.parseShort(value))
                        .array();
            case "int" ->
                ByteBuffer.allocate(Integer.BYTES)
                        .putInt(Integer.parseInt(value))
                        .array();
            case "bigint" ->
                ByteBuffer.allocate(Long.BYTES).putLong(Long.parseLong(value)).array();
            case "uuid" -> uuid(UUID.fromString(value));
            case "date" ->
                ByteBuffer.allocate(Integer.BYTES)
                        .putInt(Math.toIntExact(ChronoUnit.DAYS.between(EPOCH, LocalDate.parse(value))))
                        .array();
            default -> ByteString.utf8(value).toByteArray();
        };
    }

    private static byte[] uuid(UUID value) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array();
    }
}
