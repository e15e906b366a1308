package dev.pgbraid.router.analysis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.key.Decimal;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.Octets;
import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.key.Whole;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.parse.Reading;
import dev.pgbraid.router.parse.StatementParser;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.sharding.ShardSet;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.topology.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Statements and their plans, from files with a line for each: `plan | statement | parameters`.
///
/// A plan is `any`, `home`, `shard b`, `at 5` for the shard of that key of `users`, `at tenant x` and the like for
/// other tables, `scatter`, `scatter 5 7` or `refused` with a part of the message. `!` after it says that it writes.
class AnalyzerTest {
    private static final Snapshot SNAPSHOT = ExampleDatabase.snapshot();

    record Example(String plan, String sql, String parameters, String path) {
        @Override
        public String toString() {
            return plan + " | " + sql + " | " + parameters;
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aStatementHasItsPlan(Example example) {
        byte[] text = example.sql().getBytes(UTF_8);
        Tokens tokens = new Lexer().read(text, 0, text.length, TextRules.DEFAULT);
        Reading reading = StatementParser.parse(tokens, 0);
        assertThat(reading).isInstanceOf(Reading.Read.class);
        Perspective perspective = new Perspective(
                TextRules.DEFAULT, "ann", example.path(), Set.of("scratch"), Optional.empty(), Optional.empty());
        Template template =
                Analyzer.analyzeInPlace(tokens, ((Reading.Read) reading).statement(), SNAPSHOT, perspective);

        Plan plan = template.plan(new WrittenLiterals(tokens), new GivenParameters(example.parameters()));

        assertThat(shown(plan)).as(plan.toString()).startsWith(expected(example.plan()));
        if (example.plan().startsWith("refused")) {
            assertThat(plan).isInstanceOf(Plan.Refused.class);
            assertThat(((Plan.Refused) plan).message())
                    .contains(example.plan().substring(7).strip());
        }
    }

    static Stream<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String file : List.of("single", "scatter", "changes", "names", "keys", "effects")) {
            try (InputStream in = AnalyzerTest.class.getResourceAsStream("/analysis/" + file + ".txt")) {
                String path = "\"$user\", public";
                for (String line : new String(in.readAllBytes(), UTF_8).split("\n", -1)) {
                    if (line.startsWith("search_path ")) {
                        path = line.substring(12);
                    } else if (!line.isBlank() && !line.startsWith("#")) {
                        examples.add(example(line, path));
                    }
                }
            }
        }
        assertThat(examples).hasSizeGreaterThan(300);
        return examples.stream();
    }

    private static Example example(String line, String path) {
        String[] parts = line.split(" \\| ", -1);
        return new Example(parts[0].strip(), parts[1].strip(), parts.length > 2 ? parts[2].strip() : "", path);
    }

    private static String shown(Plan plan) {
        return switch (plan) {
            case Plan.OnShard(ShardId shard, var access) ->
                "shard " + shard + " " + access.name().toLowerCase(Locale.ROOT);
            case Plan.OnAnyShard _ -> "any";
            case Plan.Scatter(ShardSet shards, var access) ->
                "scatter " + List.copyOf(shards) + " " + access.name().toLowerCase(Locale.ROOT);
            case Plan.Gather _ -> "gather";
            case Plan.Everywhere(ShardSet shards) -> "everywhere " + shards;
            case Plan.Refused refused -> "refused " + refused.message();
        };
    }

    private static String expected(String plan) {
        String access = plan.endsWith("!") ? "write" : plan.endsWith("~") ? "transient" : "read";
        String words = access.equals("read") ? plan : plan.substring(0, plan.length() - 1);
        List<String> parts = List.of(words.strip().split(" ", -1));
        return switch (parts.getFirst()) {
            case "any" -> "any";
            case "refused" -> "refused";
            case "home" -> "shard a " + access;
            case "shard" -> words.strip() + " " + access;
            case "at" -> "shard " + shard(parts.subList(1, parts.size())) + " " + access;
            case "scatter" -> "scatter " + shards(parts.subList(1, parts.size())) + " " + access;
            default -> throw new IllegalArgumentException(plan);
        };
    }

    private static List<ShardId> shards(List<String> keys) {
        return keys.isEmpty()
                ? SNAPSHOT.topology().shards()
                : List.copyOf(ShardSet.copyOf(
                        keys.stream().map(key -> shard(List.of(key))).toList()));
    }

    /// The shard of a key, of `users` where no table is named.
    private static ShardId shard(List<String> words) {
        boolean isUser = words.size() == 1;
        ObjectName table = new ObjectName("public", isUser ? "users" : words.getFirst());
        Location.Sharded sharded = (Location.Sharded) SNAPSHOT.topology().location(table);
        List<String> key = isUser ? words : words.subList(1, words.size());
        List<KeyValue> values = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            values.add(value(sharded.key().get(i).type(), key.get(i)));
        }
        return sharded.group().sharding().shardOf(new ShardKey(values)).orElseThrow();
    }

    private static KeyValue value(KeyType type, String written) {
        if (written.equals("NULL")) {
            return KeyValue.Null.NULL;
        }
        return switch (type) {
            case BIGINT, INTEGER -> new Whole(Long.parseLong(written));
            case NUMERIC -> new Decimal(new BigDecimal(written));
            default -> Octets.utf8(written);
        };
    }
}
