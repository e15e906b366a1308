package dev.pgbraid.loadtest.load;

import dev.pgbraid.loadtest.wire.Connection;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// pgbench's select-only transaction, message for message, on one connection.
final class SelectTransaction {
    /// Accounts of pgbench's tables at scale 1, so that any scale will do.
    private static final int ACCOUNTS = 100_000;

    private static final String SQL = "SELECT abalance FROM pgbench_accounts WHERE aid = ";
    private static final ByteString UNNAMED = ByteString.EMPTY;
    private static final ByteString STATEMENT = ByteString.utf8("P0_0");

    private final Connection connection;
    private final Mode mode;

    /// Prepares the statement where the mode wants it.
    SelectTransaction(Connection connection, Mode mode) throws IOException {
        this.connection = connection;
        this.mode = mode;
        if (mode == Mode.PREPARED) {
            connection.send(parse(STATEMENT), new Sync());
            connection.skipUntil('Z');
        }
    }

    void run() throws IOException {
        String account = Integer.toString(ThreadLocalRandom.current().nextInt(1, ACCOUNTS + 1));
        switch (mode) {
            case SIMPLE -> connection.send(new Query(ByteString.utf8(SQL + account + ";")));
            case EXTENDED -> connection.send(parse(UNNAMED), bind(UNNAMED, account), describe(), execute(), new Sync());
            case PREPARED -> connection.send(bind(STATEMENT, account), describe(), execute(), new Sync());
        }
        connection.skipUntil('Z');
    }

    private static Parse parse(ByteString name) {
        return new Parse(name, ByteString.utf8(SQL + "$1;"), List.of());
    }

    private static Bind bind(ByteString statement, String account) {
        return new Bind(UNNAMED, statement, List.of(), List.of(WireValue.text(account)), List.of());
    }

    private static Describe describe() {
        return new Describe(Target.PORTAL, UNNAMED);
    }

    private static Execute execute() {
        return new Execute(UNNAMED, 0);
    }
}
