package dev.pgbraid.config.yaml;

/// Makes a piece of a file fit for one line of a report.
final class Shown {
    private static final int LENGTH_MAX = 60;

    private Shown() {}

    /// In quotes.
    static String of(String text) {
        return '"' + bare(text) + '"';
    }

    /// Cut when long, with characters that would break or colour the line replaced.
    static String bare(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
        return line.codePointCount(0, line.length()) <= LENGTH_MAX
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LENGTH_MAX)) + "…";
    }
}
