package dev.pgbraid.router.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.key.Whole;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.parse.Reading;
import dev.pgbraid.router.parse.StatementParser;
import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.topology.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// One template for texts with lists and rows of different lengths.
class GroupTest {
    private static final Snapshot SNAPSHOT = ExampleDatabase.snapshot();

    @Test
    void aListIsAsLongAsThatOfTheText() {
        Template template = template("SELECT * FROM users WHERE id IN (1, 2, 3)");

        assertThat(template.plan(list(8, "5"), Parameters.NONE)).isEqualTo(at(5, Access.READ));
        assertThat(template.plan(list(8, "5", "7", "5"), Parameters.NONE))
                .isEqualTo(new Plan.Scatter(ShardSet.of(shard(5), shard(7)), Access.READ));
    }

    @Test
    void aSignOfTheTextReplacesTheOneThatWasAnalyzed() {
        Template template = template("SELECT * FROM users WHERE id IN (-1, 2)");

        assertThat(template.plan(list(9, "5"), Parameters.NONE)).isEqualTo(at(5, Access.READ));
        assertThat(template.plan(list(9, "-5"), Parameters.NONE)).isEqualTo(at(-5, Access.READ));
    }

    @Test
    void everyRowIsLookedAt() {
        Template template = template("INSERT INTO users (id) VALUES (1)");

        assertThat(template.plan(list(8, "5", "5", "5"), Parameters.NONE)).isEqualTo(at(5, Access.WRITE));
        assertThat(template.plan(list(8, "5", "5", "7"), Parameters.NONE)).isInstanceOf(Plan.Refused.class);
    }

    @Test
    void everyRowIsLookedAtWhenAPartOfTheKeyIsAParameter() {
        Template template = template("INSERT INTO pairs (x, y) VALUES (1, $1)");
        Parameters parameters = new GivenParameters("TEXT:a");

        Plan one = template.plan(list(10, "5"), parameters);
        Plan several = template.plan(list(10, "5", "6", "7", "8", "9", "10", "11", "12"), parameters);

        assertThat(one).isInstanceOf(Plan.OnShard.class);
        assertThat(several).isInstanceOf(Plan.Refused.class);
    }

    @Test
    void rowsOfValuesGiveTheKeysThatAreJoined() {
        Template template = template("SELECT * FROM (VALUES (1)) v(k) JOIN users u ON u.id = v.k");

        assertThat(template.plan(list(6, "5"), Parameters.NONE)).isEqualTo(at(5, Access.READ));
        assertThat(template.plan(list(6, "5", "7"), Parameters.NONE))
                .isEqualTo(new Plan.Scatter(ShardSet.of(shard(5), shard(7)), Access.READ));
    }

    private static Template template(String sql) {
        byte[] text = sql.getBytes(UTF_8);
        Tokens tokens = new Lexer().read(text, 0, text.length, TextRules.DEFAULT);
        Reading.Read read = (Reading.Read) StatementParser.parse(tokens, 0);
        Perspective perspective =
                new Perspective(TextRules.DEFAULT, "ann", "public", Set.of(), Optional.empty(), Optional.empty());
        return Analyzer.analyze(tokens, read.statement(), SNAPSHOT, perspective);
    }

    private static Plan at(long key, Access access) {
        return new Plan.OnShard(shard(key), access);
    }

    private static ShardId shard(long key) {
        Location.Sharded users = (Location.Sharded) SNAPSHOT.topology().location(new ObjectName("public", "users"));
        return users.group().sharding().shardOf(ShardKey.of(new Whole(key))).orElseThrow();
    }

    private static Literals list(int token, String... numbers) {
        return new Numbers(token, List.of(numbers));
    }

    /// A group of numbers that begins at a token.
    private static final class Numbers implements Literals {
        private final int first;
        private final List<String> numbers;
        private String selected = "";

        Numbers(int first, List<String> numbers) {
            this.first = first;
            this.numbers = numbers;
        }

        @Override
        public int count(int token) {
            return token == first ? numbers.size() : 0;
        }

        @Override
        public void select(int token, int index) {
            assertThat(token).isEqualTo(first);
            selected = numbers.get(index);
        }

        @Override
        public TokenKind kind() {
            return TokenKind.INTEGER;
        }

        @Override
        public Sign sign() {
            return selected.startsWith("-") ? Sign.MINUS : Sign.PLUS;
        }

        @Override
        public byte[] bytes() {
            return selected.replace("-", "").getBytes(UTF_8);
        }

        @Override
        public int from() {
            return 0;
        }

        @Override
        public int to() {
            return bytes().length;
        }
    }
}
