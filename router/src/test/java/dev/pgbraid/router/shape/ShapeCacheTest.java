package dev.pgbraid.router.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.session.SessionStatement;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShapeCacheTest {
    private static final int BYTES_MAX = 64 * 1024;

    private final Lexer lexer = new Lexer();
    private final Shape shape = new Shape();
    private final ShapeCache<String> cache = new ShapeCache<>(BYTES_MAX, String::length);

    private static byte[] bytes(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }

    private Shape shapeOf(String sql) {
        byte[] text = bytes(sql);
        shape.read(lexer.read(text, 0, text.length, TextRules.DEFAULT), 0);
        return shape;
    }

    private Optional<String> findText(int context, String sql) {
        byte[] text = bytes("x" + sql);
        return cache.findText(context, text, 1, text.length);
    }

    /// Puts a text that comes for the second time.
    private void putText(String sql, String value) {
        putTextOnce(sql, value);
        putTextOnce(sql, value);
    }

    private void putTextOnce(String sql, String value) {
        byte[] text = bytes(sql);
        cache.putText(1, text, 0, text.length, value);
    }

    @Test
    void findsShapesInTheirContext() {
        cache.putShape(1, shapeOf("SELECT 1"), "one");
        cache.putShape(2, shapeOf("SELECT 1"), "two");

        assertThat(cache.findShape(1, shapeOf("SELECT 7"))).contains("one");
        assertThat(cache.findShape(2, shapeOf("SELECT 7"))).contains("two");
        assertThat(cache.findShape(3, shapeOf("SELECT 7"))).isEmpty();
        assertThat(cache.findShape(1, shapeOf("SELECT '7'"))).isEmpty();
    }

    @Test
    void findsTextsWhole() {
        putText("SELECT 1", "one");

        assertThat(findText(1, "SELECT 1")).contains("one");
        assertThat(findText(1, "SELECT 2")).isEmpty();
        assertThat(findText(2, "SELECT 1")).isEmpty();
    }

    @Test
    void replacesWhatIsThere() {
        putText("SELECT 1", "one");
        long bytes = cache.bytes();
        putText("SELECT 1", "two");

        assertThat(findText(1, "SELECT 1")).contains("two");
        assertThat(cache.textCount()).isEqualTo(1);
        assertThat(cache.bytes()).isEqualTo(bytes);
    }

    @Test
    void remembersTextsWhenTheyComeAgain() {
        putTextOnce("SELECT 1", "value");
        assertThat(findText(1, "SELECT 1")).isEmpty();
        putTextOnce("SELECT 1", "value");
        assertThat(findText(1, "SELECT 1")).contains("value");
    }

    @Test
    void staysWithinItsBytesAndKeepsWhatIsUsed() {
        putText("often", "value");
        for (int i = 0; i < 10_000; i++) {
            putText("SELECT " + i, "value");
            assertThat(findText(1, "often")).contains("value");
        }

        assertThat(cache.bytes()).isBetween(BYTES_MAX / 3L, BYTES_MAX / 2L);
        assertThat(findText(1, "SELECT 0")).isEmpty();
        assertThat(findText(1, "SELECT 9999")).contains("value");
    }

    @Test
    void keepsNothingThatIsTooLarge() {
        putText("small", "value");
        cache.putShape(1, shapeOf("SELECT " + "a".repeat(BYTES_MAX)), "value");

        assertThat(cache.shapeCount()).isZero();
        assertThat(findText(1, "small")).contains("value");
    }

    @Test
    void collisionsAreToldApart() {
        ByteCache<String> collisions = new ByteCache<>(BYTES_MAX, String::length);
        for (int i = 0; i < 300; i++) {
            collisions.put(42, 1, bytes("key" + i), "value" + i);
        }

        assertThat(collisions.find(42, 1, bytes("key299"), 0, 6)).contains("value299");
        assertThat(collisions.find(42, 1, bytes("key300"), 0, 6)).isEmpty();
        assertThat(collisions.count()).isEqualTo(300);
    }

    @Test
    void aHitAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] text = bytes("SELECT a, \"B\" FROM t WHERE id = 42 AND b IN ('x', E'y\\n', 'z') AND f(c) > -1.5 -- c");
        putText(new String(text, StandardCharsets.UTF_8), "text");
        cache.putShape(1, shapeOf(new String(text, StandardCharsets.UTF_8)), "shape");
        hit(text);

        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                hit(text);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        // Reading the counter allocates a little in some rounds.
        assertThat(least).isLessThan(1000);
    }

    private void hit(byte[] text) {
        Tokens tokens = lexer.read(text, 0, text.length, TextRules.DEFAULT);
        SessionStatement statement = SessionStatement.read(tokens, 0);
        shape.read(tokens, 0);
        if (!(statement instanceof SessionStatement.Other)
                || cache.findText(1, text, 0, text.length).isEmpty()
                || cache.findShape(1, shape).isEmpty()) {
            throw new AssertionError("no hit");
        }
    }
}
