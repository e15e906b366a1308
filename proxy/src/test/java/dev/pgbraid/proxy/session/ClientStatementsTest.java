package dev.pgbraid.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientStatementsTest {
    private final StatementCache cache = new StatementCache();
    private final ClientStatements statements = new ClientStatements();

    @Test
    void aPendingStatementIsSeenAndGoesIfItIsSkipped() {
        ClientStatements.Change change = statements.prepare(bytes("a"), statement("select 1"), 1);
        assertThat(find("a")).isEqualTo(statement("select 1"));
        change.skipped();
        assertThat(find("a")).isNull();
    }

    @Test
    void theNewestPendingChangeCounts() {
        statements.prepare(bytes("a"), statement("select 1"), 1).confirmed();
        ClientStatements.Change close = statements.close(bytes("a"), 1);
        assertThat(find("a")).isNull();
        ClientStatements.Change again = statements.prepare(bytes("a"), statement("select 2"), 1);
        assertThat(find("a")).isEqualTo(statement("select 2"));
        again.skipped();
        assertThat(find("a")).isNull();
        close.skipped();
        assertThat(find("a")).isEqualTo(statement("select 1"));
    }

    @Test
    void forgettingSparesWhatIsOnItsWay() {
        statements.prepare(bytes("a"), statement("select 1"), 1).confirmed();
        ClientStatements.Change change = statements.prepare(bytes("b"), statement("select 2"), 1);
        statements.forgetConfirmed();
        assertThat(find("a")).isNull();
        assertThat(find("b")).isEqualTo(statement("select 2"));
        change.confirmed();
        assertThat(find("b")).isEqualTo(statement("select 2"));
    }

    @Test
    void anOutdatedStatementIsPreparedUnderAnotherName() {
        PreparedStatement outdated = statement("select * from t");
        outdated.becomesOutdated();
        assertThat(statement("select * from t")).isNotSameAs(outdated).isSameAs(statement("select * from t"));
    }

    @Test
    void equalTextAndTypesAreOneStatement() {
        assertThat(statement("select $1")).isSameAs(statement("select $1")).isNotSameAs(statement("select $2"));
    }

    @Test
    void holdsWhatAMapWouldHold() {
        Random random = new Random(42);
        Map<String, PreparedStatement> model = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String name = "s" + random.nextInt(300);
            if (random.nextInt(3) == 0) {
                statements.close(bytes(name), 1).confirmed();
                model.remove(name);
            } else {
                PreparedStatement statement = statement("select " + random.nextInt(50));
                statements.prepare(bytes(name), statement, 1).confirmed();
                model.put(name, statement);
            }
        }
        for (int i = 0; i < 300; i++) {
            assertThat(find("s" + i)).isSameAs(model.get("s" + i));
        }
        assertThat(statements.size()).isEqualTo(model.size());
    }

    private @Nullable PreparedStatement find(String name) {
        ByteBuf buffer = Unpooled.copiedBuffer("xx" + name + "yy", StandardCharsets.UTF_8);
        try {
            ClientStatements.Named named = statements.find(buffer, 2, name.length());
            return named == null ? null : named.statement();
        } finally {
            buffer.release();
        }
    }

    private PreparedStatement statement(String sql) {
        return cache.intern(Settings.NONE, bytes(sql + "\0\0\0"), () -> SessionChanges.NONE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
