package dev.pgbraid.proxy.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A statement is answered as by one PostgreSQL that has all the rows, or it is refused.
///
/// `-Dpgbraid.differential=read/joins` runs the files whose names begin so, `-Dpgbraid.differential.shards=1,8` says
/// over how many shards: powers of two. `-Dpgbraid.differential.refusals=true` shows what is refused and why.
class DifferentialIT {
    private static final String CHOICE = System.getProperty("pgbraid.differential", "");
    private static final List<Integer> SHARDS = Arrays.stream(
                    System.getProperty("pgbraid.differential.shards", "1,2,4,16")
                            .split(","))
            .map(Integer::valueOf)
            .toList();
    private static final FrontendMessage BEGIN = new Query(ByteString.utf8("BEGIN"));
    private static final FrontendMessage ROLLBACK = new Query(ByteString.utf8("ROLLBACK"));

    private static final List<ShardedDatabase> DATABASES = new ArrayList<>();
    private static final List<String> TALLIES = new ArrayList<>();
    private static Endpoint plain;

    private final Map<ShardedDatabase, Session> sessions = new LinkedHashMap<>();
    private final List<Session> allSessions = new ArrayList<>();
    private Session plainSession;

    @BeforeAll
    static void start() {
        plain = ShardedDatabase.plain();
        SHARDS.forEach(count -> DATABASES.add(ShardedDatabase.of(plain, count)));
    }

    // A file gets sessions of its own, since what one of its statements does to a session may outlast it.
    @BeforeEach
    void login() {
        plainSession = new Session(() -> WireClient.login(plain), plain.database());
        DATABASES.forEach(database -> sessions.put(database, database.session()));
        allSessions.add(plainSession);
        allSessions.addAll(sessions.values());
    }

    @AfterEach
    void logout() {
        allSessions.forEach(Session::close);
    }

    @AfterAll
    static void stop() {
        TALLIES.forEach(System.out::println);
        DATABASES.reversed().forEach(ShardedDatabase::close);
    }

    static Stream<String> files() {
        return Stream.of("read", "session", "write")
                .flatMap(folder -> StatementFile.in(folder).stream())
                .filter(name -> name.startsWith(CHOICE));
    }

    @Test
    void theShardsTogetherHaveTheRowsOfThePlainDatabase() {
        List<String> rows = ShardedDatabase.spreadRows(plain);
        for (ShardedDatabase database : DATABASES) {
            assertThat(database.shards().stream()
                            .flatMap(shard -> ShardedDatabase.spreadRows(shard).stream())
                            .toList())
                    .as(database.count() + " shards")
                    .containsExactlyInAnyOrderElementsOf(rows);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void theProxyAnswersLikePostgreSqlOrRefuses(String name) {
        StatementFile file = StatementFile.read(name);
        Tally tally = new Tally();
        for (List<Statement> paragraph : file.paragraphs()) {
            for (Protocol protocol : Protocol.values()) {
                List<Statement> statements = paragraph.stream()
                        .filter(statement -> protocol == Protocol.SIMPLE || !statement.isSimple())
                        .toList();
                if (name.startsWith("write")) {
                    sendToAll(BEGIN);
                    allSessions.forEach(Session::receive);
                    compare(statements, protocol, tally);
                    sendToAll(ROLLBACK);
                    allSessions.forEach(Session::receive);
                } else {
                    compare(statements, protocol, tally);
                }
            }
        }
        TALLIES.add("%-28s %s".formatted(name, tally));
        tally.verify(file.answered());
    }

    private void sendToAll(FrontendMessage... messages) {
        allSessions.forEach(session -> session.send(messages));
    }

    /// What follows a refusal is not compared, since it may need what was refused.
    private void compare(List<Statement> paragraph, Protocol protocol, Tally tally) {
        Set<Session> refusing = new HashSet<>();
        for (Statement statement : paragraph) {
            sendToAll(protocol.messages(statement));
            Answer expected = plainSession.receive();
            sessions.forEach((database, session) -> {
                Answer answer = session.receive();
                if (!refusing.contains(session)) {
                    tally.count(statement, protocol + " over " + database.count() + " shards", expected, answer);
                }
                if (answer.isRefusal()) {
                    refusing.add(session);
                }
            });
            assertThat(expected.sqlState())
                    .as(() -> "what PostgreSQL says to line " + statement.line() + " by " + protocol + ": "
                            + statement.text() + "\n" + expected)
                    .isEqualTo(statement.error());
        }
    }
}
