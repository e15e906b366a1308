package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.Belongings;
import dev.pgbraid.proxy.session.SessionChanges;
import dev.pgbraid.router.session.SessionStatement;
import java.util.ArrayList;
import java.util.List;

/// What every shard has to be told that gets a part of a transaction, from its `BEGIN` on: modes, settings and
/// savepoints that count now.
final class Journal {
    /// Nobody needs more; a loop that makes savepoints and releases none has to end somewhere.
    private static final int ENTRIES_MAX = 1000;

    private record Entry(ByteString text, SessionStatement statement, SessionChanges changes) {}

    private final List<Entry> entries = new ArrayList<>(2);
    private boolean changesSettings;

    boolean isFull() {
        return entries.size() >= ENTRIES_MAX;
    }

    /// Takes note of a statement that is run.
    void runs(byte[] text, SessionStatement statement, SessionChanges changes) {
        switch (statement) {
            case SessionStatement.RollbackToSavepoint(String name) -> backTo(name);
            case SessionStatement.ReleaseSavepoint(String name) -> release(name);
            case SessionStatement.Commit _, SessionStatement.Rollback _ -> restart();
            default -> {
                entries.add(new Entry(ByteString.copyOf(text), statement, changes));
                changesSettings |= !changes.isNone();
            }
        }
    }

    /// Whether it has a savepoint.
    boolean has(String savepoint) {
        return place(savepoint) > 0;
    }

    private int place(String savepoint) {
        for (int i = entries.size() - 1; i > 0; i--) {
            if (entries.get(i).statement().equals(new SessionStatement.Savepoint(savepoint))) {
                return i;
            }
        }
        return -1;
    }

    private void backTo(String savepoint) {
        int place = place(savepoint);
        if (place > 0) {
            entries.subList(place + 1, entries.size()).clear();
        }
    }

    /// What was set since stays.
    private void release(String savepoint) {
        int place = place(savepoint);
        if (place > 0) {
            entries.subList(place, entries.size())
                    .removeIf(entry -> entry.statement() instanceof SessionStatement.Savepoint);
        }
    }

    /// Another transaction follows, of the same modes.
    private void restart() {
        entries.removeIf(entry -> !(entry.statement() instanceof SessionStatement.Begin)
                && !(entry.statement() instanceof SessionStatement.SetTransaction));
    }

    /// Whether it may have changed settings of the servers for longer than itself.
    boolean changesSettings() {
        return changesSettings;
    }

    /// Tells a server all of it.
    void tell(Backend backend, Belongings belongings) {
        for (Entry entry : entries) {
            belongings.suspect(entry.changes());
            backend.begin(entry.text().toByteArray());
        }
    }

    void clear() {
        entries.clear();
        changesSettings = false;
    }
}
