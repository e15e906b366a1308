package dev.pgbraid.proxy.session;

import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The named statements of one client.
///
/// A change counts when its answer has come; until then it is pending, and is seen only by what the client sends
/// after it. Names are compared as bytes in the buffer that they arrive in, so that looking one up costs no object.
public final class ClientStatements {
    private static final int CAPACITY_MIN = 4;

    /// Names come from clients, who must not be able to choose names that collide.
    private static final int SEED = new SecureRandom().nextInt();

    private static final int HASH_PRIME = 0x01000193;

    /// A change that awaits its answer: a Parse, or a Close if there is no statement.
    public final class Change {
        private final byte[] name;
        private final @Nullable PreparedStatement statement;

        private Change(byte[] name, @Nullable PreparedStatement statement) {
            this.name = name;
            this.statement = statement;
        }

        /// The answer came.
        public void confirm() {
            pending.remove(this);
            remove(name);
            if (statement != null) {
                put(name, statement);
            }
        }

        /// The answer will not come.
        public void drop() {
            pending.remove(this);
        }
    }

    private byte[][] names = new byte[CAPACITY_MIN][];
    private @Nullable PreparedStatement[] statements = new PreparedStatement[CAPACITY_MIN];
    private int size;
    private final Deque<Change> pending = new ArrayDeque<>(2);

    /// How many statements there are when all that is pending comes true.
    public int size() {
        return size + pending.size();
    }

    /// The statement that has the `length` bytes of `buffer` at `index` as its name.
    public @Nullable PreparedStatement find(ByteBuf buffer, int index, int length) {
        if (!pending.isEmpty()) {
            Iterator<Change> newestFirst = pending.descendingIterator();
            while (newestFirst.hasNext()) {
                Change change = newestFirst.next();
                if (matches(change.name, buffer, index, length)) {
                    return change.statement;
                }
            }
        }
        int slot = hash(buffer, index, length) & (names.length - 1);
        while (statements[slot] != null) {
            if (matches(names[slot], buffer, index, length)) {
                return statements[slot];
            }
            slot = (slot + 1) & (names.length - 1);
        }
        return null;
    }

    /// A Parse was sent.
    public Change prepare(byte[] name, PreparedStatement statement) {
        Change change = new Change(name, statement);
        pending.addLast(change);
        return change;
    }

    /// A Close was sent.
    public Change close(byte[] name) {
        Change change = new Change(name, null);
        pending.addLast(change);
        return change;
    }

    /// The server has forgotten all of them.
    public void clear() {
        names = new byte[CAPACITY_MIN][];
        statements = new PreparedStatement[CAPACITY_MIN];
        size = 0;
    }

    private void put(byte[] name, PreparedStatement statement) {
        if (2 * (size + 1) > names.length) {
            resize();
        }
        int slot = hash(name) & (names.length - 1);
        while (statements[slot] != null) {
            slot = (slot + 1) & (names.length - 1);
        }
        names[slot] = name;
        statements[slot] = statement;
        size++;
    }

    private void remove(byte[] name) {
        int slot = hash(name) & (names.length - 1);
        while (statements[slot] != null && !Arrays.equals(names[slot], name)) {
            slot = (slot + 1) & (names.length - 1);
        }
        if (statements[slot] == null) {
            return;
        }
        statements[slot] = null;
        size--;
        reinsertAfter(slot);
    }

    /// Entries behind a freed slot may have been pushed there by it.
    private void reinsertAfter(int freed) {
        int slot = (freed + 1) & (names.length - 1);
        PreparedStatement statement = statements[slot];
        while (statement != null) {
            statements[slot] = null;
            size--;
            put(names[slot], statement);
            slot = (slot + 1) & (names.length - 1);
            statement = statements[slot];
        }
    }

    private void resize() {
        byte[][] oldNames = names;
        @Nullable PreparedStatement[] oldStatements = statements;
        names = new byte[2 * oldNames.length][];
        statements = new PreparedStatement[names.length];
        size = 0;
        for (int i = 0; i < oldNames.length; i++) {
            PreparedStatement statement = oldStatements[i];
            if (statement != null) {
                put(oldNames[i], statement);
            }
        }
    }

    private static boolean matches(byte[] name, ByteBuf buffer, int index, int length) {
        if (name.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name[i] != buffer.getByte(index + i)) {
                return false;
            }
        }
        return true;
    }

    private static int hash(ByteBuf buffer, int index, int length) {
        int hash = SEED;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ buffer.getByte(index + i)) * HASH_PRIME;
        }
        return spread(hash);
    }

    private static int hash(byte[] name) {
        int hash = SEED;
        for (byte character : name) {
            hash = (hash ^ character) * HASH_PRIME;
        }
        return spread(hash);
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }
}
