package dev.pgbraid.proxy.admin;

import dev.pgbraid.proxy.console.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Shows what was counted, in PgBouncer's columns.
final class StatisticsTables {
    private static final List<String> NAMES = List.of(
            "server_assignment_count",
            "xact_count",
            "query_count",
            "received",
            "sent",
            "xact_time",
            "query_time",
            "wait_time",
            "client_parse_count",
            "server_parse_count",
            "bind_count",
            "client_login_count");

    private final ProxyView proxy;
    private final Averages averages;

    StatisticsTables(ProxyView proxy, Averages averages) {
        this.proxy = proxy;
        this.averages = averages;
    }

    List<Command> commands() {
        List<Column> both = Stream.concat(
                        columns(name -> "total_" + name).stream(), columns(StatisticsTables::average).stream())
                .toList();
        List<Column> plain = columns(StatisticsTables::plain);
        return List.of(
                Command.show("STATS", withDatabase(both), table -> all(table, true, true)),
                // The names in this one and the next are PgBouncer's, too.
                Command.show("STATS_TOTALS", withDatabase(plain), table -> all(table, true, false)),
                Command.show("STATS_AVERAGES", withDatabase(plain), table -> all(table, false, true)),
                Command.show("TOTALS", ConsoleTable.columns("name", "#value"), this::totals));
    }

    private static String plain(String name) {
        return name.equals("received") || name.equals("sent") ? "bytes_" + name : name;
    }

    private static String average(String name) {
        return name.equals("received") ? "avg_recv" : "avg_" + name;
    }

    private static List<Column> columns(UnaryOperator<String> naming) {
        return NAMES.stream()
                .flatMap(name -> ConsoleTable.columns("#" + naming.apply(name)).stream())
                .toList();
    }

    private static List<Column> withDatabase(List<Column> numbers) {
        return Stream.concat(ConsoleTable.columns("database").stream(), numbers.stream())
                .toList();
    }

    private void all(ConsoleTable table, boolean withTotals, boolean withAverages) {
        SortedMap<String, DatabaseNumbers> numbers = DatabaseNumbers.of(proxy.totals());
        Averages.Span span = averages.of(numbers);
        for (Map.Entry<String, DatabaseNumbers> entry : numbers.entrySet()) {
            List<Object> row = new ArrayList<>();
            row.add(entry.getKey());
            if (withTotals) {
                add(row, entry.getValue().all());
            }
            if (withAverages) {
                DatabaseNumbers after = span.after().getOrDefault(entry.getKey(), DatabaseNumbers.NONE);
                DatabaseNumbers before = span.before().getOrDefault(entry.getKey(), DatabaseNumbers.NONE);
                add(row, after.averages(before, span.seconds()));
            }
            table.add(row.toArray());
        }
    }

    private static void add(List<Object> row, long... numbers) {
        for (long number : numbers) {
            row.add(number);
        }
    }

    private void totals(ConsoleTable table) {
        long[] sums = new long[NAMES.size()];
        DatabaseNumbers.of(proxy.totals()).values().forEach(numbers -> {
            long[] each = numbers.all();
            for (int i = 0; i < sums.length; i++) {
                sums[i] += each[i];
            }
        });
        for (int i = 0; i < sums.length; i++) {
            table.add("total_" + NAMES.get(i), sums[i]);
        }
    }
}
