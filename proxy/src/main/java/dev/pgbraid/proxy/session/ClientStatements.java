package dev.pgbraid.proxy.session;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The named statements of one client.
///
/// A change counts when its answer has come; until then it is pending, and is seen only by what the client sends
/// after it. Names are compared as bytes in the buffer that they arrive in, so that looking one up costs no object.
public final class ClientStatements {
    private static final int CAPACITY_MIN = 4;

    /// PostgreSQL tells names apart by their first bytes alone.
    private static final int NAME_BYTES = 63;

    /// Names come from clients, who must not be able to choose names that collide.
    private static final int SEED = new SecureRandom().nextInt();

    private static final int HASH_PRIME = 0x01000193;

    /// Where the server finds that the rows of a statement would not look as they did when it was prepared.
    private static final ByteString OUTDATED_ROUTINE = ByteString.utf8("RevalidateCachedQuery");

    /// A statement by the client's name for it.
    public static final class Named implements Outcome {
        private final byte[] name;
        private PreparedStatement statement;
        private StatementDescription description = new StatementDescription();
        private boolean alone;

        /// @param name as the client has put it
        public Named(byte[] name, PreparedStatement statement) {
            this.name = name;
            this.statement = statement;
        }

        public PreparedStatement statement() {
            return statement;
        }

        /// What the server said when the client prepared it, which it will be held to.
        public StatementDescription description() {
            return description;
        }

        public void describedBy(StatementDescription given) {
            description = given;
        }

        /// Whether no other client has the same.
        public boolean isAlone() {
            return alone;
        }

        /// Goes on with a statement of this client's own: servers have others for its text by now.
        ///
        /// @param cache where nobody shall find the old one any more
        public void separate(StatementCache cache) {
            statement.becomesOutdated();
            statement = cache.unshared(statement.body(description), statement.changes());
            alone = true;
        }

        /// The bytes of the client's name and the zero that ends it.
        public int nameLength() {
            return name.length + 1;
        }

        /// Writes the client's name and the zero that ends it.
        public void writeName(ByteBuf out) {
            out.writeBytes(name).writeByte(0);
        }

        /// Puts the client's name in a text of the server's, which knows the statement by another.
        @Override
        public Optional<List<BackendMessage>> inPlaceOf(ErrorFields error) {
            if (isOutdated(error)) {
                statement.becomesOutdated();
            }
            SequencedMap<Byte, ByteString> fields = new LinkedHashMap<>(error.fields());
            fields.computeIfPresent(ErrorFields.MESSAGE, (_, message) -> translate(message));
            return Optional.of(List.of(new ErrorResponse(new ErrorFields(fields))));
        }

        /// The text is in whatever encoding the client speaks, so it is handled as bytes.
        private ByteString translate(ByteString text) {
            String before = new String(text.toByteArray(), StandardCharsets.ISO_8859_1);
            String known = new String(name, StandardCharsets.ISO_8859_1);
            String after = before.replace('"' + statement.name() + '"', '"' + known + '"');
            return ByteString.copyOf(after.getBytes(StandardCharsets.ISO_8859_1));
        }

        /// Whether the server says "cached plan must not change result type", in any language.
        private static boolean isOutdated(ErrorFields error) {
            return error.get(ErrorFields.ROUTINE)
                    .filter(OUTDATED_ROUTINE::equals)
                    .isPresent();
        }
    }

    /// A change that awaits its answer: a Parse, or a Close if there is no statement.
    public final class Change implements Outcome {
        private final byte[] name;
        private final @Nullable Named named;
        private final long batch;

        private Change(byte[] name, @Nullable Named named, long batch) {
            this.name = name;
            this.named = named;
            this.batch = batch;
        }

        /// What the server says of the statement.
        public void describedBy(StatementDescription description) {
            if (named != null) {
                named.describedBy(description);
            }
        }

        @Override
        public void confirmed() {
            pending.remove(this);
            remove(name);
            if (named != null) {
                put(named);
            }
        }

        @Override
        public void skipped() {
            pending.remove(this);
        }
    }

    private @Nullable Named[] table = new Named[CAPACITY_MIN];
    private int size;
    private final Deque<Change> pending = new ArrayDeque<>(2);

    /// How many statements there are when all that is pending comes true.
    public int size() {
        return size + pending.size();
    }

    /// The statement that has the `length` bytes of `buffer` at `index` as its name.
    public @Nullable Named find(ByteBuf buffer, int index, int length) {
        Change change = findPending(buffer, index, length);
        if (change != null) {
            return change.named;
        }
        int slot = hash(buffer, index, length) & (table.length - 1);
        Named named = table[slot];
        while (named != null && !matches(named.name, buffer, index, length)) {
            slot = (slot + 1) & (table.length - 1);
            named = table[slot];
        }
        return named;
    }

    /// Whether a message of `batch` can tell what the name stands for: a change in an earlier batch whose answer has
    /// not come may have failed.
    public boolean isSettled(ByteBuf buffer, int index, int length, long batch) {
        Change change = findPending(buffer, index, length);
        return change == null || change.batch == batch;
    }

    /// The server has forgotten what it had; what is on its way stays.
    public void forgetConfirmed() {
        table = new Named[CAPACITY_MIN];
        size = 0;
    }

    /// A Parse was sent.
    public Change prepare(byte[] name, PreparedStatement statement, long batch) {
        Change change = new Change(name, new Named(name, statement), batch);
        pending.addLast(change);
        return change;
    }

    /// A message was sent that ends the statement by this name, such as Close.
    public Change close(byte[] name, long batch) {
        Change change = new Change(name, null, batch);
        pending.addLast(change);
        return change;
    }

    private @Nullable Change findPending(ByteBuf buffer, int index, int length) {
        if (pending.isEmpty()) {
            return null;
        }
        Iterator<Change> newestFirst = pending.descendingIterator();
        while (newestFirst.hasNext()) {
            Change change = newestFirst.next();
            if (matches(change.name, buffer, index, length)) {
                return change;
            }
        }
        return null;
    }

    private void put(Named named) {
        if (2 * (size + 1) > table.length) {
            resize();
        }
        int slot = hash(named.name) & (table.length - 1);
        while (table[slot] != null) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = named;
        size++;
    }

    private void remove(byte[] name) {
        int slot = hash(name) & (table.length - 1);
        Named named = table[slot];
        while (named != null && !matches(named.name, name)) {
            slot = (slot + 1) & (table.length - 1);
            named = table[slot];
        }
        if (named != null) {
            table[slot] = null;
            size--;
            reinsertAfter(slot);
        }
    }

    /// Entries behind a freed slot may have been pushed there by it.
    private void reinsertAfter(int freed) {
        int slot = (freed + 1) & (table.length - 1);
        Named named = table[slot];
        while (named != null) {
            table[slot] = null;
            size--;
            put(named);
            slot = (slot + 1) & (table.length - 1);
            named = table[slot];
        }
    }

    private void resize() {
        @Nullable Named[] old = table;
        table = new Named[2 * old.length];
        size = 0;
        for (Named named : old) {
            if (named != null) {
                put(named);
            }
        }
    }

    private static boolean matches(byte[] name, ByteBuf buffer, int index, int length) {
        int bytes = significant(length);
        if (significant(name.length) != bytes) {
            return false;
        }
        for (int i = 0; i < bytes; i++) {
            if (name[i] != buffer.getByte(index + i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(byte[] name, byte[] other) {
        return Arrays.equals(name, 0, significant(name.length), other, 0, significant(other.length));
    }

    private static int significant(int length) {
        return Math.min(length, NAME_BYTES);
    }

    private static int hash(ByteBuf buffer, int index, int length) {
        int hash = SEED;
        for (int i = 0; i < significant(length); i++) {
            hash = (hash ^ buffer.getByte(index + i)) * HASH_PRIME;
        }
        return spread(hash);
    }

    private static int hash(byte[] name) {
        int hash = SEED;
        for (int i = 0; i < significant(name.length); i++) {
            hash = (hash ^ name[i]) * HASH_PRIME;
        }
        return spread(hash);
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }
}
