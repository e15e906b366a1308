package dev.pgbraid.proxy.router.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.router.key.KeyReading;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.key.KeyValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// A database that is asked what it makes of texts.
final class KeyServer implements AutoCloseable {
    private final Connection connection;

    private KeyServer(Connection connection) {
        this.connection = connection;
    }

    static KeyServer connect() throws SQLException {
        KeyServer server =
                new KeyServer(PostgresCluster.shared().freshDatabase().jdbc());
        server.execute("""
            CREATE FUNCTION attempt(query text, value text) RETURNS text LANGUAGE plpgsql AS $$
            DECLARE result text;
            BEGIN
                EXECUTE query INTO result USING value;
                RETURN 'is ' || result;
            EXCEPTION WHEN OTHERS THEN
                RETURN SQLSTATE;
            END $$\
            """);
        return server;
    }

    /// What came of a text: the server's own form of the value, or its error.
    sealed interface Answer {
        record Value(String text) implements Answer {}

        record Failure(String sqlState) implements Answer {}
    }

    /// What each of `texts` is after `query`, where it is `$1`.
    List<Answer> attempts(String query, List<String> texts) throws SQLException {
        List<Answer> answers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT attempt(?, t) FROM unnest(?::text[]) WITH ORDINALITY AS u(t, i) ORDER BY i")) {
            statement.setString(1, query);
            statement.setArray(2, connection.createArrayOf("text", texts.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String answer = rows.getString(1);
                    answers.add(
                            answer.startsWith("is ")
                                    ? new Answer.Value(answer.substring(3))
                                    : new Answer.Failure(answer));
                }
            }
        }
        return answers;
    }

    /// The first column of each row; `texts` are the array `$1`.
    List<String> column(String query, List<String> texts) throws SQLException {
        List<String> column = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(1, connection.createArrayOf("text", texts.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    column.add(rows.getString(1));
                }
            }
        }
        return column;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int majorVersion() throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion();
    }

    /// The type without a length; `character` alone has one of 1.
    static String declared(KeyType type) {
        return type == KeyType.CHARACTER ? "bpchar" : type.sqlName();
    }

    static KeyReading read(KeyType type, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return type.readText(bytes, 0, bytes.length);
    }

    static KeyValue value(KeyType type, String text) {
        return switch (read(type, text)) {
            case Proven(KeyValue value) -> value;
            case KeyReading other -> throw new AssertionError(type + " " + text + ": " + other);
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
