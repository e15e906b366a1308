package dev.pgbraid.loadtest.soak;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Close;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Flush;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Statements in all the ways that the protocol knows. All guests give theirs the same names.
final class StatementWork {
    private static final ByteString UNNAMED = ByteString.EMPTY;
    private static final int PREPARED_MAX = 12;

    private StatementWork() {}

    static Parse parse(String name, String sql) {
        return new Parse(ByteString.utf8(name), ByteString.utf8(sql), List.of());
    }

    static Bind bind(String statement, String value) {
        return new Bind(UNNAMED, ByteString.utf8(statement), List.of(), List.of(WireValue.text(value)), List.of());
    }

    static Execute execute(int rowsMax) {
        return new Execute(UNNAMED, rowsMax);
    }

    /// Many batches before the first answer is read.
    static void pipeline(Guest guest) {
        List<FrontendMessage> messages = new ArrayList<>();
        List<String> nonces = new ArrayList<>();
        int batches = 1 + guest.random().nextInt(30);
        for (int i = 0; i < batches; i++) {
            nonces.add(guest.nonce());
            messages.add(parse("", "SELECT $1::text || current_setting('soak.tag')"));
            messages.add(bind("", nonces.getLast()));
            messages.add(new Describe(Target.PORTAL, UNNAMED));
            messages.add(execute(0));
            messages.add(new Sync());
        }
        guest.send(messages.toArray(FrontendMessage[]::new));
        for (String nonce : nonces) {
            guest.answer().requireColumn(List.of(nonce + guest.settings().get("soak.tag")));
        }
    }

    /// An error in the middle of a batch ends that batch and no other.
    static void failInPipeline(Guest guest) {
        String nonce = guest.nonce();
        guest.send(
                parse("", "SELECT 1 / length($1)"),
                bind("", ""),
                execute(0),
                bind("", "x"),
                execute(0),
                new Sync(),
                parse("", "SELECT $1::text"),
                bind("", nonce),
                execute(0),
                new Sync());
        guest.answer().requireError("22012");
        guest.answer().requireColumn(List.of(nonce));
        guest.probe();
    }

    /// A statement with a name is this session's own, on whatever backend.
    static void usePrepared(Guest guest) {
        String name = "s" + guest.random().nextInt(PREPARED_MAX);
        if (guest.prepared().add(name)) {
            guest.send(parse(name, "SELECT '" + guest.tag() + "' || '" + name + "' || $1"), new Sync());
            guest.answer().rows();
        }
        for (int i = 0; i < 4; i++) {
            String nonce = guest.nonce();
            guest.send(bind(name, nonce), execute(0), new Sync());
            guest.answer().requireColumn(List.of(guest.tag() + name + nonce));
        }
        if (guest.random().nextInt(3) == 0) {
            guest.prepared().remove(name);
            guest.send(new Close(Target.STATEMENT, ByteString.utf8(name)), new Sync());
            guest.answer().rows();
            guest.send(bind(name, "gone"), execute(0), new Sync());
            guest.answer().requireError("26000");
        }
    }

    /// As drivers do: prepare and look at the description first, which ends with Flush, and only then go on.
    static void prepareWithFlush(Guest guest) throws InterruptedException {
        String nonce = guest.nonce();
        guest.send(parse("", "SELECT $1::text"), new Describe(Target.STATEMENT, UNNAMED), new Flush());
        for (char tag : List.of('1', 't', 'T')) {
            byte found = guest.receive().tag();
            if (found != tag) {
                throw new WrongAnswer("a message " + (char) found + " and not " + tag);
            }
        }
        guest.pause(30);
        guest.send(bind("", nonce), execute(0), new Sync());
        guest.answer().requireColumn(List.of(nonce));
    }

    static void prepareInSql(Guest guest) throws InterruptedException {
        guest.surroundings().tied(() -> {
            guest.run("PREPARE p AS SELECT '" + guest.tag() + "' || $1::text").rows();
            guest.probe();
            String nonce = guest.nonce();
            guest.run("EXECUTE p('" + nonce + "')").requireColumn(List.of(guest.tag() + nonce));
            guest.run("DEALLOCATE p").rows();
            guest.run("EXECUTE p('gone')").requireError("26000");
        });
    }

    /// A portal whose rows are fetched in parts.
    static void fetchFromPortal(Guest guest) {
        List<String> wanted = tagged(guest, 50);
        guest.run("BEGIN").requireStatus(TransactionStatus.IN_TRANSACTION);
        guest.send(
                parse("", "SELECT $1 || '-' || n FROM generate_series(1, 50) AS n"),
                bind("", guest.tag()),
                execute(20),
                new Flush());
        List<String> found = new ArrayList<>();
        Answer first = new Answer();
        for (int i = 0; i < 23; i++) {
            first.add(guest.receive());
        }
        found.addAll(first.column());
        guest.send(execute(0), new Sync());
        found.addAll(guest.answer().column());
        guest.run("COMMIT").requireStatus(TransactionStatus.IDLE);
        if (!found.equals(wanted)) {
            throw new WrongAnswer("instead of " + wanted + " there are " + found);
        }
    }

    static void fetchFromCursor(Guest guest) throws InterruptedException {
        List<String> wanted = tagged(guest, 50);
        guest.run("BEGIN; " + cursor(guest, "")).requireStatus(TransactionStatus.IN_TRANSACTION);
        guest.probe();
        guest.run("FETCH 20 FROM c").requireColumn(wanted.subList(0, 20));
        guest.pause(20);
        guest.run("FETCH ALL FROM c").requireColumn(wanted.subList(20, 50));
        guest.run("COMMIT").requireStatus(TransactionStatus.IDLE);
        guest.run("FETCH 1 FROM c").requireError("34000");
    }

    /// A cursor that outlives its transaction.
    static void holdCursor(Guest guest) throws InterruptedException {
        List<String> wanted = tagged(guest, 50);
        guest.surroundings().tied(() -> {
            guest.run(cursor(guest, "WITH HOLD")).rows();
            guest.run("FETCH 20 FROM c").requireColumn(wanted.subList(0, 20));
            guest.probe();
            guest.pause(20);
            guest.run("FETCH ALL FROM c").requireColumn(wanted.subList(20, 50));
            guest.run("CLOSE c").rows();
            guest.run("FETCH 1 FROM c").requireError("34000");
        });
    }

    private static String cursor(Guest guest, String held) {
        return "DECLARE c CURSOR " + held + " FOR SELECT '" + guest.tag() + "-' || n FROM generate_series(1, 50) AS n";
    }

    private static List<String> tagged(Guest guest, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> guest.tag() + "-" + n)
                .toList();
    }
}
