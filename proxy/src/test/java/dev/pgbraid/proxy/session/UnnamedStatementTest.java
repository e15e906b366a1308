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
        unnamed.done();
        assertThat(unnamed.exists()).isTrue();
        unnamed.end();
        assertThat(unnamed.exists()).isFalse();
        assertThat(unnamed.mayExist()).isTrue();
        unnamed.done();
        assertThat(unnamed.mayExist()).isFalse();
    }

    @Test
    void aParseThatFailsLeavesNone() {
        prepare("select 1");
        unnamed.done();
        prepare("selec");
        unnamed.failed();
        assertThat(unnamed.exists()).isFalse();
    }

    @Test
    void aParseThatIsSkippedLeavesTheStatementBeforeIt() {
        prepare("select 1");
        unnamed.done();
        long version = unnamed.version();
        prepare("select 2");
        prepare("select 3");
        assertThat(body()).isEqualTo("select 3");
        unnamed.skipped();
        unnamed.skipped();
        assertThat(body()).isEqualTo("select 1");
        assertThat(unnamed.version()).isEqualTo(version);
    }

    @Test
    void staysIfWhatWouldHaveEndedItWasSkipped() {
        prepare("select 1");
        unnamed.done();
        unnamed.end();
        unnamed.skipped();
        assertThat(body()).isEqualTo("select 1");
    }

    @Test
    void everyParseHasAVersionOfItsOwn() {
        prepare("select 1");
        long first = unnamed.version();
        unnamed.done();
        prepare("select 1");
        assertThat(unnamed.version()).isNotEqualTo(first);
    }

    private void prepare(String sql) {
        ByteBuf in = Unpooled.copiedBuffer(sql, StandardCharsets.UTF_8);
        unnamed.prepare(in, 0, in.readableBytes(), SessionChanges.NONE);
        in.release();
    }

    private String body() {
        return new String(unnamed.body(), StandardCharsets.UTF_8);
    }
}
