package dev.pgbraid.router.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ParserPoolTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LONG = "SELECT a FROM t WHERE b IN (" + "12345, ".repeat(150_000) + "1)";

    private static CompletableFuture<Reading> parse(ParserPool pool, String sql) {
        return pool.read(() -> parse(sql), Reading.Unreadable::new);
    }

    private static Reading parse(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        return StatementParser.parse(new Lexer().read(text, 0, text.length, TextRules.DEFAULT), 0);
    }

    @Test
    void whatIsReadIsTheAnswer() {
        try (ParserPool pool = new ParserPool(1, 10, PATIENCE)) {
            assertThat(parse(pool, "SELECT 1").join()).isInstanceOf(Reading.Read.class);
        }
    }

    @Test
    void bugsAreAnswers() {
        try (ParserPool pool = new ParserPool(1, 10, PATIENCE)) {
            CompletableFuture<Reading> answer = pool.read(
                    () -> {
                        throw new IllegalStateException("a bug");
                    },
                    Reading.Unreadable::new);

            assertThatExceptionOfType(CompletionException.class).isThrownBy(answer::join);
            assertThat(parse(pool, "SELECT 1").join()).isInstanceOf(Reading.Read.class);
        }
    }

    @Test
    void whoWaitsTooLongIsAnswered() {
        try (ParserPool pool = new ParserPool(1, 10, Duration.ofMillis(1))) {
            assertThat(parse(pool, LONG).join()).isEqualTo(new Reading.Unreadable("it takes longer than 1 ms to read"));
        }
    }

    @Test
    void tooManyAreAnsweredAtOnce() {
        try (ParserPool pool = new ParserPool(1, 1, PATIENCE)) {
            List<Reading> readings = Stream.generate(() -> parse(pool, LONG)).limit(5).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(readings).contains(new Reading.Unreadable("too many statements wait to be read"));
            assertThat(readings).anyMatch(Reading.Read.class::isInstance);
        }
    }

    @Test
    void hostileTextsDoNotHoldUpTheOthersForLong() {
        List<String> hostile = List.of(
                "SELECT " + "(".repeat(2_000) + "1" + ")".repeat(2_000),
                "SELECT " + "(".repeat(2_000),
                "SELECT " + "a.".repeat(20_000) + "a",
                "SELECT 1 FROM t" + " JOIN t ON a = b".repeat(5_000),
                "SELECT 1 FROM " + "(".repeat(90) + "t" + " JOIN t ON a = b)".repeat(90),
                LONG);
        try (ParserPool pool = new ParserPool(1, 100, PATIENCE)) {
            List<CompletableFuture<Reading>> before =
                    hostile.stream().map(sql -> parse(pool, sql)).toList();

            assertThat(parse(pool, "SELECT 1").join()).isInstanceOf(Reading.Read.class);
            assertThat(before).allMatch(CompletableFuture::isDone);
        }
    }
}
