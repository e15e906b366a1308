package dev.pgbraid.loadtest.report;

import dev.pgbraid.loadtest.measure.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The form for programs. Every row of a table is an object with the heads of the columns as keys.
public final class JsonReport {
    private JsonReport() {}

    public static String render(Report report) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("facts", report.facts());
        report.sections().forEach(section -> root.put(section.name(), section(section)));
        return json(root) + System.lineSeparator();
    }

    private static Map<String, Object> section(Section section) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", section.title());
        fields.put(
                "rows",
                section.rows().stream().map(row -> row(section.columns(), row)).toList());
        fields.put("aims", section.aims().stream().map(JsonReport::aim).toList());
        fields.put("notes", section.notes());
        return fields;
    }

    private static Map<String, Object> row(List<String> columns, List<Value> row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            switch (row.get(i)) {
                case Value.Text(String text) -> fields.put(columns.get(i), text);
                case Value.Measured(double number, int _) -> fields.put(columns.get(i), number);
                case Value.Ranged(Spread spread, int _) -> fields.put(columns.get(i), spread(spread));
                case Value.Missing() -> {}
            }
        }
        return fields;
    }

    private static Map<String, Object> spread(Spread spread) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("median", spread.median());
        fields.put("min", spread.min());
        fields.put("max", spread.max());
        return fields;
    }

    private static Map<String, Object> aim(Aim aim) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("subject", aim.subject());
        fields.put("measured", aim.measured());
        fields.put("limit", aim.limit());
        fields.put("met", aim.isMet());
        return fields;
    }

    private static String json(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> quote(entry.getKey().toString()) + ": " + json(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list -> list.stream().map(JsonReport::json).collect(Collectors.joining(",\n", "[", "]"));
            case Double number -> number.isNaN() || number.isInfinite() ? "null" : number.toString();
            case Boolean flag -> flag.toString();
            default -> quote(value.toString());
        };
    }

    private static String quote(String text) {
        return text.chars().mapToObj(JsonReport::escape).collect(Collectors.joining("", "\"", "\""));
    }

    private static String escape(int character) {
        if (character == '"' || character == '\\') {
            return "\\" + (char) character;
        }
        return character < ' ' ? String.format(Locale.ROOT, "\\u%04x", character) : String.valueOf((char) character);
    }
}
