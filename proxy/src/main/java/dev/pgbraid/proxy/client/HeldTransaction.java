package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.Belongings;
import dev.pgbraid.proxy.session.SessionChanges;
import dev.pgbraid.router.session.SessionEffect;
import dev.pgbraid.router.session.SessionStatement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A transaction that a client has begun, until a statement says which shard it is on.
///
/// What the client does meanwhile that no shard has to answer is written down, and said to the shard as soon as there
/// is one. A transaction that has done nothing else on its shard can still move to another.
final class HeldTransaction {
    private static final byte[] ROLLBACK = "ROLLBACK".getBytes(StandardCharsets.US_ASCII);

    private enum Phase {
        /// There is none, or it is a shard's own business.
        NONE,
        HELD,
        FAILED,
        /// A shard has it, which was chosen for no reason.
        MOVABLE
    }

    /// What a shard has to be told.
    private record Entry(ByteString text, SessionStatement statement, SessionChanges changes) {}

    private final List<Entry> entries = new ArrayList<>(2);
    private Phase phase = Phase.NONE;

    boolean isHeld() {
        return phase == Phase.HELD;
    }

    boolean isFailed() {
        return phase == Phase.FAILED;
    }

    boolean isMovable() {
        return phase == Phase.MOVABLE;
    }

    /// What the client is told while no shard has it.
    TransactionStatus status() {
        return switch (phase) {
            case HELD -> TransactionStatus.IN_TRANSACTION;
            case FAILED -> TransactionStatus.FAILED;
            case NONE, MOVABLE -> TransactionStatus.IDLE;
        };
    }

    /// Whether [#perform] would do what a statement asks for.
    boolean controls(SessionStatement statement) {
        return switch (phase) {
            case NONE -> statement instanceof SessionStatement.Begin;
            case HELD ->
                switch (statement) {
                    case SessionStatement.Commit(boolean chain) -> !chain;
                    case SessionStatement.Rollback(boolean chain) -> !chain;
                    case SessionStatement.Savepoint _, SessionStatement.SetTransaction _ -> true;
                    case SessionStatement.RollbackToSavepoint(String name) -> place(name) > 0;
                    default -> false;
                };
            case FAILED ->
                switch (statement) {
                    case SessionStatement.Commit _, SessionStatement.Rollback _ -> true;
                    case SessionStatement.RollbackToSavepoint(String name) -> place(name) > 0;
                    default -> false;
                };
            case MOVABLE -> false;
        };
    }

    /// Does what a statement asks for while there is no shard, if none has to do it.
    ///
    /// @return the tag of the command
    Optional<String> perform(SessionStatement statement, byte[] text) {
        if (!controls(statement)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (statement) {
                    case SessionStatement.Begin(String tag, var _) -> {
                        phase = Phase.HELD;
                        add(text, statement, SessionChanges.NONE);
                        yield tag;
                    }
                    case SessionStatement.Commit(boolean chain) -> end(chain, isFailed() ? "ROLLBACK" : "COMMIT");
                    case SessionStatement.Rollback(boolean chain) -> end(chain, "ROLLBACK");
                    case SessionStatement.RollbackToSavepoint(String name) -> {
                        entries.subList(place(name) + 1, entries.size()).clear();
                        phase = Phase.HELD;
                        yield "ROLLBACK";
                    }
                    default -> {
                        add(text, statement, SessionChanges.NONE);
                        yield statement instanceof SessionStatement.Savepoint ? "SAVEPOINT" : "SET";
                    }
                });
    }

    private String end(boolean chain, String tag) {
        if (chain) {
            phase = Phase.HELD;
            entries.subList(1, entries.size()).clear();
        } else {
            end();
        }
        return tag;
    }

    /// Where a savepoint is among the entries, -1 if it is not.
    private int place(String savepoint) {
        for (int i = entries.size() - 1; i > 0; i--) {
            if (entries.get(i).statement().equals(new SessionStatement.Savepoint(savepoint))) {
                return i;
            }
        }
        return -1;
    }

    private void add(byte[] text, SessionStatement statement, SessionChanges changes) {
        entries.add(new Entry(ByteString.copyOf(text), statement, changes));
    }

    /// A statement is sent to the shard that could run on any. What it leaves behind must be done again where the
    /// transaction moves to; where that cannot be, it does not move any more.
    void runs(SessionStatement statement, Supplier<byte[]> text, boolean hasParameters, SessionChanges changes) {
        switch (statement) {
            case SessionStatement.Show _, SessionStatement.ShowAll _ -> {}
            case SessionStatement.SetValue _,
                    SessionStatement.SetDefault _,
                    SessionStatement.SetFromCurrent _,
                    SessionStatement.SetTimeZoneInterval _,
                    SessionStatement.SetTransaction _,
                    SessionStatement.SetConstraints _,
                    SessionStatement.Reset _,
                    SessionStatement.Savepoint _,
                    SessionStatement.ReleaseSavepoint _,
                    SessionStatement.RollbackToSavepoint _ -> add(text.get(), statement, changes);
            case SessionStatement.Other(Set<SessionEffect> effects) -> {
                if (effects.equals(EnumSet.of(SessionEffect.SETTING)) && !hasParameters) {
                    add(text.get(), statement, changes);
                } else if (!effects.isEmpty()) {
                    end();
                }
            }
            default -> end();
        }
    }

    /// A statement of it was refused.
    void fail() {
        if (phase == Phase.HELD) {
            phase = Phase.FAILED;
        }
    }

    /// It is over, or its shard's own business from now on.
    void end() {
        phase = Phase.NONE;
        entries.clear();
    }

    /// Tells the shard that gets it what it is.
    void begin(Backend backend, Belongings belongings) {
        if (phase == Phase.HELD) {
            phase = Phase.MOVABLE;
            for (Entry entry : entries) {
                belongings.suspect(entry.changes());
                backend.begin(entry.text().toByteArray());
            }
        }
    }

    /// Leaves the shard that has it, for another.
    void leave(Backend backend) {
        phase = Phase.HELD;
        backend.begin(ROLLBACK);
    }
}
