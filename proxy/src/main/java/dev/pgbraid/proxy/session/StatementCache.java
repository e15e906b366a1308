package dev.pgbraid.proxy.session;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Makes one [PreparedStatement] of equal ones, for the sessions of one event loop.
///
/// Statements are equal when their texts are and are understood in the same way. Forgetting an entry is harmless: who
/// prepares its text again gets another name for it.
public final class StatementCache {
    private static final int ENTRIES_MAX = 4096;
    private static final int BODY_BYTES_MAX = 16 * 1024;

    /// @param meaning of the settings under which the statement is prepared
    private record Key(String meaning, ByteBuffer body) {}

    private final Map<Key, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PreparedStatement> eldest) {
            return size() > ENTRIES_MAX;
        }
    };
    private long last;

    /// A statement that is nobody else's, so that no backend has it.
    public PreparedStatement unshared(byte[] body, SessionChanges changes) {
        return new PreparedStatement(++last, body, changes);
    }

    /// The statement of `body`, which is kept: it must not change any more.
    public PreparedStatement intern(Settings settings, byte[] body, Supplier<SessionChanges> changes) {
        if (body.length > BODY_BYTES_MAX) {
            return unshared(body, changes.get());
        }
        return statements.compute(
                new Key(settings.meaning(), ByteBuffer.wrap(body)),
                (_, known) -> known == null || known.isOutdated() ? unshared(body, changes.get()) : known);
    }
}
