package dev.pgbraid.router.lexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class KeywordsTest {

    @Test
    void findsEveryKeywordInUpperCase() {
        for (String keyword : Keywords.all().keySet()) {
            byte[] text = ("x" + keyword.toUpperCase(Locale.ROOT) + "x").getBytes(StandardCharsets.US_ASCII);

            assertThat(Keywords.name(Keywords.find(text, 1, text.length - 1))).isEqualTo(keyword);
            assertThat(Keywords.find(text, 0, text.length)).isEqualTo(Keywords.NONE);
        }
    }

    @Test
    void knowsTheirCategories() {
        assertThat(Keywords.all())
                .containsEntry("select", KeywordCategory.RESERVED)
                .containsEntry("left", KeywordCategory.TYPE_OR_FUNCTION_NAME)
                .containsEntry("between", KeywordCategory.COLUMN_NAME)
                .containsEntry("temp", KeywordCategory.UNRESERVED);
    }
}
