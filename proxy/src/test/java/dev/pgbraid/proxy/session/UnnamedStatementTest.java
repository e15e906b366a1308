package dev.pgbraid.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnnamedStatementTest {
    private final UnnamedStatement unnamed = new UnnamedStatement();

    @Test
    void isThereOnceItIsPreparedAndGoneOnceItIsEnded() {
        prepare("select 1");
        assertThat(unnamed.exists()).isTrue();
        unnamed.prepared(true);
        assertThat(unnamed.exists()).isTrue();
        unnamed.end();
        unnamed.ended(true);
        assertThat(unnamed.exists()).isFalse();
        assertThat(unnamed.mayExist()).isFalse();
    }

    @Test
    void isNotThereIfItsParseFailed() {
        prepare("selec");
        unnamed.prepared(false);
        assertThat(unnamed.exists()).isFalse();
    }

    @Test
    void staysIfWhatWouldHaveEndedItWasSkipped() {
        prepare("select 1");
        unnamed.prepared(true);
        unnamed.end();
        unnamed.ended(false);
        assertThat(unnamed.exists()).isTrue();
        assertThat(body()).isEqualTo("select 1");
    }

    @Test
    void isGoneIfOnlyTheFirstOfTwoEndsWasSkipped() {
        prepare("select 1");
        unnamed.prepared(true);
        unnamed.end();
        unnamed.end();
        unnamed.ended(false);
        unnamed.ended(true);
        assertThat(unnamed.exists()).isFalse();
    }

    @Test
    void aLaterParseCountsWhateverBecameOfAnEarlierOne() {
        prepare("selec");
        prepare("select 2");
        unnamed.prepared(false);
        assertThat(unnamed.exists()).isTrue();
        unnamed.prepared(true);
        assertThat(unnamed.exists()).isTrue();
        assertThat(body()).isEqualTo("select 2");
    }

    @Test
    void isRefusedRatherThanWrongIfAnOverwritingParseWasSkipped() {
        prepare("select 1");
        unnamed.prepared(true);
        prepare("select 2");
        unnamed.prepared(false);
        assertThat(unnamed.exists()).isFalse();
    }

    private void prepare(String sql) {
        ByteBuf in = Unpooled.copiedBuffer(sql, StandardCharsets.UTF_8);
        unnamed.prepare(in, 0, in.readableBytes());
        in.release();
    }

    private String body() {
        ByteBuf out = Unpooled.buffer();
        unnamed.writeBody(out);
        String text = out.toString(StandardCharsets.UTF_8);
        out.release();
        return text;
    }
}
