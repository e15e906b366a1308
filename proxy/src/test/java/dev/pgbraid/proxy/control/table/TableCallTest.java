package dev.pgbraid.proxy.control.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.SearchPath;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.parse.Reading;
import dev.pgbraid.router.parse.StatementParser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableCallTest {
    private static final ObjectName ORDERS = new ObjectName("shop", "Orders");
    private static final ObjectName USERS = new ObjectName("public", "users");
    private static final Catalog CATALOG = Catalog.builder()
            .schema("shop")
            .schema("public")
            .relation(Relation.of(ORDERS, Relation.Kind.TABLE, List.of()))
            .relation(Relation.of(USERS, Relation.Kind.TABLE, List.of()))
            .build();

    private static Optional<TableCall.Result> read(String sql) {
        byte[] bytes = sql.getBytes(UTF_8);
        Tokens tokens = new Lexer().read(bytes, 0, bytes.length, TextRules.DEFAULT);
        SearchPath path = SearchPath.of("shop, public", "user", CATALOG);
        return switch (StatementParser.parse(tokens, 0)) {
            case Reading.Read(var statement) -> TableCall.read(tokens, statement, path, CATALOG);
            case Reading.Unreadable(String reason) -> throw new AssertionError(reason);
        };
    }

    private static TableChange change(String sql) {
        if (read(sql).orElseThrow() instanceof TableCall.Result.Valid(TableChange change)) {
            return change;
        }
        throw new AssertionError(read(sql).toString());
    }

    @Test
    void callsAreChanges() {
        assertThat(change("SELECT pgbraid.shard_table('\"Orders\"', 'user_id', colocate_with => 'public.Users')"))
                .isEqualTo(new TableChange.Shard(ORDERS, List.of("user_id"), Optional.of(USERS), Optional.empty()));
        assertThat(change("select pgbraid.shard_table(key => array['a', '\"B\"'], table_name => 'users'::text,"
                        + " buckets => 64)"))
                .isEqualTo(new TableChange.Shard(USERS, List.of("a", "B"), Optional.empty(), Optional.of(64)));
        assertThat(change("SELECT pgbraid.reference_table('users')")).isEqualTo(new TableChange.Copy(USERS));
        assertThat(change("SELECT pgbraid.home_table('shop.\"Orders\"');")).isEqualTo(new TableChange.Gather(ORDERS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT shard_table('users', 'id')",
                "SELECT pgbraid.other('users')",
                "SELECT pgbraid.home_table('users'), 1",
                "SELECT pgbraid.home_table('users') FROM users",
                "DELETE FROM users"
            })
    void otherStatementsAreNone(String sql) {
        assertThat(read(sql)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT pgbraid.shard_table('users')|42883|It has these: table_name, key, colocate_with, buckets.",
                "SELECT pgbraid.home_table('users', 'x')|42883|It has these: table_name.",
                "SELECT pgbraid.home_table(table_name => 'a', table_name => 'b')|42883|It has these: table_name.",
                "SELECT pgbraid.home_table('nobody')|42P01|Make the table first.",
                "SELECT pgbraid.home_table('a.b.c')|42602|Write it as in a statement.",
                "SELECT pgbraid.home_table('a b')|42602|Write it as in a statement.",
                "SELECT pgbraid.home_table(concat('x'))|22023|Write it as a constant.",
                "SELECT pgbraid.shard_table('users', 'a.b')|22023|Write it as a constant.",
                "SELECT pgbraid.shard_table('users', 'a', buckets => 'many')|22023|Write it as a constant.",
            })
    void whatIsCalledWronglyIsRefused(String sql, String sqlState, String hint) {
        assertThat(read(sql))
                .hasValueSatisfying(result -> assertThat(result)
                        .isInstanceOfSatisfying(TableCall.Result.Invalid.class, invalid -> {
                            assertThat(invalid.refusal().sqlState()).isEqualTo(sqlState);
                            assertThat(invalid.refusal().hint()).isEqualTo(hint);
                        }));
    }
}
