package dev.pgbraid.loadtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The form for people: aligned tables, then the aims with met or not met.
public final class TextReport {
    private TextReport() {}

    public static String render(Report report) {
        StringBuilder text = new StringBuilder();
        report.facts().forEach((name, fact) -> text.append(String.format(Locale.ROOT, "%-12s %s%n", name, fact)));
        report.sections().forEach(section -> text.append(render(section)));
        return text.toString();
    }

    public static String render(Section section) {
        StringBuilder text = new StringBuilder(System.lineSeparator())
                .append(section.title())
                .append(System.lineSeparator());
        List<List<String>> lines = new ArrayList<>();
        lines.add(section.columns());
        section.rows()
                .forEach(row -> lines.add(row.stream().map(TextReport::format).toList()));
        text.append(align(lines));
        section.aims().forEach(aim -> text.append(format(aim)));
        section.notes().forEach(note -> text.append("  ").append(note).append(System.lineSeparator()));
        return text.toString();
    }

    private static String align(List<List<String>> lines) {
        int columns = lines.getFirst().size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return lines.stream()
                .map(line -> IntStream.range(0, columns)
                        .mapToObj(column ->
                                " ".repeat(widths[column] - line.get(column).length()) + line.get(column))
                        .collect(Collectors.joining("  ", "  ", System.lineSeparator())))
                .collect(Collectors.joining());
    }

    private static String format(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Measured(double number, int decimals) -> format(number, decimals);
            case Value.Ranged(var spread, int decimals) ->
                format(spread.median(), decimals) + " (" + format(spread.min(), decimals) + "–"
                        + format(spread.max(), decimals) + ")";
            case Value.Missing() -> "-";
        };
    }

    private static String format(Aim aim) {
        return String.format(
                Locale.ROOT,
                "  %-7s %s: %s, aim at most %s%n",
                aim.isMet() ? "met" : "NOT MET",
                aim.subject(),
                format(aim.measured(), aim.decimals()),
                format(aim.limit(), aim.decimals()));
    }

    private static String format(double number, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}
