package dev.pgbraid.proxy.transcript;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Close;
import dev.pgbraid.protocol.frontend.CopyData;
import dev.pgbraid.protocol.frontend.CopyDone;
import dev.pgbraid.protocol.frontend.CopyFail;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Flush;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.FunctionCall;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import dev.pgbraid.protocol.testing.Gen;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What several clients say to a server in one evening: in order or not, with sense or without.
///
/// @param rounds what is said at the same time, by each client that says something
record Babble(List<Round> rounds) {
    static final int CLIENTS = 3;

    private static final int ROUNDS_MAX = 6;
    private static final int MESSAGES_MAX = 14;
    private static final int CUTS_MAX = 4;
    private static final int NAPS_ONE_IN = 50;
    private static final int CUT_RANGE = 1000;
    private static final int INT4_LENGTH_FUNCTION = 1317;

    /// A server that is canceled in it has said nothing before.
    private static final Query NAP = new Query(ByteString.utf8("CREATE TABLE nap AS SELECT 1 FROM pg_sleep(60)"));

    /// What nothing else is named.
    private static final ByteString COPY = ByteString.utf8("copy");

    record Round(List<Turn> turns) {}

    /// @param cuts where the bytes are cut, in thousandths
    /// @param naps whether nothing is said but that the client sleeps until it is canceled
    record Turn(List<FrontendMessage> messages, List<Integer> cuts, boolean naps) {}

    static Gen<Babble> gen() {
        return choices -> {
            boolean binds = Gen.between(0, 1).make(choices) == 1;
            Gen<Round> round = more -> new Round(IntStream.range(0, CLIENTS)
                    .mapToObj(client -> turn(client, binds).make(more))
                    .toList());
            return new Babble(Gen.listOf(ROUNDS_MAX, round).make(choices));
        };
    }

    /// @param binds whether there is talk of what binds a session to its backend, which then ends with the turn
    private static Gen<Turn> turn(int client, boolean binds) {
        Gen<List<FrontendMessage>> one = message(client, binds).map(List::of);
        Gen<List<FrontendMessage>> utterance = Gen.oneOf(List.of(one, one, one, one, one, one, one, copy(client)));
        Gen<List<FrontendMessage>> messages = Gen.listOf(MESSAGES_MAX, utterance)
                .map(utterances -> utterances.stream().flatMap(List::stream).toList());
        Gen<List<Integer>> cuts = Gen.listOf(CUTS_MAX, Gen.between(0, CUT_RANGE));
        return choices -> Gen.between(0, NAPS_ONE_IN).make(choices) == 1
                ? new Turn(List.of(NAP), List.of(), true)
                : new Turn(ended(messages.make(choices), binds), cuts.make(choices), false);
    }

    private static List<FrontendMessage> ended(List<FrontendMessage> messages, boolean binds) {
        Stream<FrontendMessage> end = Stream.of(
                new CopyFail(ByteString.utf8("the turn is over")), new Sync(), new Query(ByteString.utf8("ROLLBACK")));
        Stream<FrontendMessage> loose = binds ? Stream.of(new Query(ByteString.utf8("DISCARD ALL"))) : Stream.of();
        return Stream.of(messages.stream(), end, loose).flatMap(each -> each).toList();
    }

    private static Gen<FrontendMessage> message(int client, boolean binds) {
        Gen<ByteString> statement = names("", "a", "b", "c");
        Gen<ByteString> portal = names("", "p");
        Gen<ByteString> sql = binds
                ? Gen.oneOf(List.of(sql(client), state(client), bond(client)))
                : Gen.oneOf(List.of(sql(client), sql(client), state(client)));
        Gen<FrontendMessage> parse = choices -> new Parse(statement.make(choices), sql.make(choices), List.of());
        Gen<FrontendMessage> execute =
                choices -> new Execute(portal.make(choices), Gen.between(0, 2).make(choices));
        Gen<FrontendMessage> describe = choices -> Gen.of(Target.class).make(choices) == Target.STATEMENT
                ? new Describe(Target.STATEMENT, statement.make(choices))
                : new Describe(Target.PORTAL, portal.make(choices));
        Gen<FrontendMessage> close = choices -> Gen.of(Target.class).make(choices) == Target.STATEMENT
                ? new Close(Target.STATEMENT, statement.make(choices))
                : new Close(Target.PORTAL, portal.make(choices));
        Gen<FrontendMessage> bind = bind(portal, statement);
        Gen<FrontendMessage> query =
                choices -> new Query(Gen.oneOf(List.of(sql, scripts(client))).make(choices));
        Gen<FrontendMessage> sync = Gen.constant(new Sync());
        return Gen.oneOf(List.of(
                sync, sync, query, parse, parse, bind, bind, bind, execute, execute, execute, describe, close, rare()));
    }

    private static Gen<FrontendMessage> bind(Gen<ByteString> portal, Gen<ByteString> statement) {
        Gen<WireValue> value = Gen.of(List.of(WireValue.text("7"), WireValue.text("x"), WireValue.NULL));
        Gen<List<Format>> results = Gen.of(List.of(List.of(), List.of(Format.BINARY)));
        return choices -> new Bind(
                portal.make(choices),
                statement.make(choices),
                List.of(),
                Gen.listOf(3, value).make(choices),
                results.make(choices));
    }

    /// A copy and its end, because anything else in the middle of one ends the connection.
    private static Gen<List<FrontendMessage>> copy(int client) {
        Gen<ByteString> sql = texts(client, "COPY babble@ FROM STDIN", "COPY babble@ FROM STDIN; SELECT 2");
        // Whether a server comes to a Sync before or after data that fails the copy is for nobody else to know.
        Gen<FrontendMessage> good = Gen.of(List.of(new CopyData(ByteString.utf8("5\n")), new Sync(), new Flush()));
        Gen<FrontendMessage> bad = Gen.of(List.of(
                new CopyData(ByteString.utf8("6\n7")), new CopyData(ByteString.utf8("\nnot a number\n")), new Flush()));
        Gen<List<FrontendMessage>> data = Gen.oneOf(List.of(Gen.listOf(4, good), Gen.listOf(4, bad)));
        Gen<FrontendMessage> end = Gen.of(List.of(new CopyDone(), new CopyFail(ByteString.utf8("enough"))));
        Gen<List<FrontendMessage>> inside =
                choices -> Stream.concat(data.make(choices).stream(), Stream.of(end.make(choices)))
                        .toList();
        Gen<List<FrontendMessage>> simple =
                choices -> concat(List.of(new Query(sql.make(choices))), inside.make(choices), List.of());
        // A simple query in the batch of a copy that has ended leaves PostgreSQL in a state that it takes for a bug.
        Gen<List<FrontendMessage>> extended = choices -> concat(
                List.of(
                        new Close(Target.STATEMENT, COPY),
                        new Parse(COPY, sql.make(choices), List.of()),
                        new Bind(COPY, COPY, List.of(), List.of(), List.of()),
                        new Execute(COPY, 0)),
                inside.make(choices),
                List.of(new Sync()));
        return Gen.oneOf(List.of(simple, extended));
    }

    private static List<FrontendMessage> concat(
            List<FrontendMessage> first, List<FrontendMessage> second, List<FrontendMessage> third) {
        return Stream.of(first, second, third).flatMap(List::stream).toList();
    }

    private static Gen<FrontendMessage> rare() {
        return Gen.of(List.of(
                new Flush(),
                new CopyData(ByteString.utf8("5\n")),
                new CopyDone(),
                new CopyFail(ByteString.utf8("enough")),
                new FunctionCall(INT4_LENGTH_FUNCTION, List.of(), List.of(WireValue.text("four")), Format.TEXT)));
    }

    private static Gen<ByteString> sql(int client) {
        return texts(
                client,
                "SELECT 1",
                "SELECT 'client @'",
                "SELECT $1::int",
                "SELECT $1::text, $2::int",
                "SELECT generate_series(1, 5)",
                "SELECT 1/0",
                "SELEC",
                "",
                "BEGIN",
                "COMMIT",
                "ROLLBACK",
                "SAVEPOINT s",
                "ROLLBACK TO s",
                "INSERT INTO babble@ VALUES (1) RETURNING id",
                "INSERT INTO babble@ VALUES ($1)",
                "DELETE FROM babble@",
                "SELECT count(*) FROM babble@",
                "COPY babble@ TO STDOUT",
                "DEALLOCATE ALL");
    }

    /// What a session has that goes with it from backend to backend.
    private static Gen<ByteString> state(int client) {
        return texts(
                client,
                "SET application_name TO 'client @'",
                "SET LOCAL application_name TO 'in transaction'",
                "RESET application_name",
                "SHOW application_name",
                "SET TIME ZONE 'UTC-@'",
                "SHOW TIME ZONE",
                "SET search_path TO pg_catalog, public",
                "RESET ALL",
                "SELECT set_config('babble.mine', 'of @', false)",
                "SELECT nullif(current_setting('babble.mine', true), '')",
                "SAVEPOINT t",
                "RELEASE t",
                "BEGIN ISOLATION LEVEL REPEATABLE READ",
                "COMMIT AND CHAIN",
                "DECLARE k CURSOR FOR SELECT generate_series(1, 5)",
                "FETCH 2 FROM k",
                "CLOSE k",
                "DO 'BEGIN PERFORM 1; END'");
    }

    /// What binds a session to its backend, or loosens it.
    private static Gen<ByteString> bond(int client) {
        return texts(
                client,
                "PREPARE q AS SELECT 'prepared by @'",
                "EXECUTE q",
                "EXECUTE a",
                "EXECUTE b(7)",
                "DEALLOCATE q",
                "CREATE TEMPORARY TABLE own (id int)",
                "INSERT INTO own VALUES (1), (2)",
                "SELECT * FROM own",
                "DROP TABLE own",
                "DECLARE h CURSOR WITH HOLD FOR SELECT generate_series(1, 5)",
                "FETCH 2 FROM h",
                "CLOSE h",
                "CLOSE ALL",
                "SELECT pg_advisory_lock(@)",
                "SELECT pg_advisory_unlock(@)",
                "LISTEN own@",
                "NOTIFY own@, 'from @'",
                "DISCARD ALL");
    }

    private static Gen<ByteString> scripts(int client) {
        return texts(
                client,
                "SELECT 1; SELECT 'client @'",
                "SELECT 1; SELECT 1/0; SELECT 3",
                "BEGIN; INSERT INTO babble@ VALUES (2); SELECT 1/0",
                "INSERT INTO babble@ VALUES (3); COMMIT; SELECT 1/0",
                "DEALLOCATE a",
                "DEALLOCATE b",
                ";;");
    }

    private static Gen<ByteString> texts(int client, String... texts) {
        return names(texts).map(text -> ByteString.utf8(text.toString().replace("@", Integer.toString(client))));
    }

    private static Gen<ByteString> names(String... names) {
        return Gen.of(List.of(names)).map(ByteString::utf8);
    }
}
