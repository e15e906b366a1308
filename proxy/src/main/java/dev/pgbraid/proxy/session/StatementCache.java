package dev.pgbraid.proxy.session;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes one [PreparedStatement] of equal ones, for the sessions of one event loop.
///
/// Forgetting an entry is harmless: who prepares its text again gets another name for it.
public final class StatementCache {
    private static final int ENTRIES_MAX = 4096;
    private static final int BODY_BYTES_MAX = 16 * 1024;

    private final Map<ByteBuffer, PreparedStatement> statements = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, PreparedStatement> eldest) {
            return size() > ENTRIES_MAX;
        }
    };
    private long last;

    /// A statement that is nobody else's, so that no backend has it.
    public PreparedStatement unshared(byte[] body) {
        return new PreparedStatement(++last, body);
    }

    /// The statement of `body`, which is kept: it must not change any more.
    public PreparedStatement intern(byte[] body) {
        if (body.length > BODY_BYTES_MAX) {
            return unshared(body);
        }
        return statements.compute(
                ByteBuffer.wrap(body), (_, known) -> known == null || known.isOutdated() ? unshared(body) : known);
    }
}
