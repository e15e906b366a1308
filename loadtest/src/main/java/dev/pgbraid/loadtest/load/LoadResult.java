package dev.pgbraid.loadtest.load;

import dev.pgbraid.loadtest.BenchmarkException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a load generator says about a finished load.
///
/// @param transactionsPerSecond without the time it took to connect
public record LoadResult(long transactions, double transactionsPerSecond) {
    private static final Pattern TRANSACTIONS =
            Pattern.compile("^number of transactions actually processed: (\\d+)", Pattern.MULTILINE);
    private static final Pattern FAILED = Pattern.compile("^number of failed transactions: (\\d+)", Pattern.MULTILINE);
    private static final Pattern PER_SECOND =
            Pattern.compile("^tps = ([\\d.]+) \\(without initial connection time\\)", Pattern.MULTILINE);

    /// Reads the summary that pgbench prints at its end.
    public static LoadResult parse(String output) {
        Matcher failed = FAILED.matcher(output);
        if (failed.find() && !failed.group(1).equals("0")) {
            throw new BenchmarkException(failed.group(1) + " transactions failed:\n" + output);
        }
        return new LoadResult(Long.parseLong(find(TRANSACTIONS, output)), Double.parseDouble(find(PER_SECOND, output)));
    }

    /// The lines of pgbench's summary that [#parse] reads.
    public String summary() {
        return String.format(
                Locale.ROOT,
                "number of transactions actually processed: %d%ntps = %f (without initial connection time)",
                transactions,
                transactionsPerSecond);
    }

    private static String find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new BenchmarkException("the load generator printed no line like " + pattern + ":\n" + output);
        }
        return matcher.group(1);
    }
}
