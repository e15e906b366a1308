package dev.pgbraid.loadtest.route;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Ten shapes of statements as applications send them, with other literals each time.
final class TypicalStatements {
    private static final SequencedMap<String, String> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("point select", "SELECT id, note FROM orders WHERE user_id = %d");
        BY_NAME.put("select with parameter", "SELECT id, note FROM orders WHERE user_id = $1");
        BY_NAME.put("insert", "INSERT INTO orders (user_id, id, note) VALUES (%d, 17, 'it is new') RETURNING id");
        BY_NAME.put("update", "UPDATE orders SET note = 'paid', total = total + 5 WHERE user_id = %d AND id = 17");
        BY_NAME.put("delete", "DELETE FROM orders WHERE id IN (17, 18, 19) AND user_id = %d");
        BY_NAME.put(
                "join on the key",
                "SELECT o.id, sum(i.price) FROM orders o JOIN items i ON i.user_id = o.user_id AND i.order_id = o.id "
                        + "WHERE o.user_id = %d AND o.placed > '2026-01-01' GROUP BY o.id ORDER BY 2 DESC LIMIT 10");
        BY_NAME.put("reference table", "SELECT name FROM countries WHERE code = 'pl%d'");
        BY_NAME.put("all shards", "SELECT user_id, id FROM orders WHERE total > %d");
        BY_NAME.put("home table", "SELECT text FROM notes WHERE id = %d");
        BY_NAME.put("in list of 200", "SELECT id FROM orders WHERE user_id = %d AND id IN (" + numbers(200) + ")");
    }

    private TypicalStatements() {}

    static SequencedMap<String, String> byName() {
        return BY_NAME;
    }

    /// `count` texts of one shape.
    static byte[][] texts(String pattern, int count) {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        pattern.replace("%d", Integer.toString(10_000 + number)).getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /// Texts that are made to take long.
    static Map<String, byte[]> hostile() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("2 KB of parentheses", "SELECT " + "(".repeat(1_000) + "1" + ")".repeat(1_000));
        texts.put("2 KB of open parentheses", "SELECT " + "(".repeat(2_000));
        texts.put("40 KB of dotted names", "SELECT " + "a.".repeat(20_000) + "a FROM orders");
        texts.put("5,000 joins", "SELECT 1 FROM orders" + " JOIN orders ON a = b".repeat(5_000));
        texts.put("1 MB of an IN list", "SELECT 1 FROM orders WHERE user_id IN (" + numbers(150_000) + ")");
        texts.put("1 MB of rows", "INSERT INTO orders VALUES " + "(1, 'abc'), ".repeat(80_000) + "(1, 'abc')");
        texts.put("20,000 conditions", "SELECT 1 FROM orders WHERE a = 1" + " OR b = 2".repeat(20_000));
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        texts.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }

    private static String numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> Integer.toString(100_000 + number))
                .collect(Collectors.joining(", "));
    }
}
