package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.Lender;
import dev.pgbraid.proxy.session.SessionChanges;
import dev.pgbraid.proxy.session.SessionEvent;
import dev.pgbraid.router.session.SessionEffect;
import dev.pgbraid.router.session.SessionStatement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// A transaction that a client has begun: on no shard until a statement says which, then on that one, and on others as
/// soon as statements need them.
///
/// What the client does that no shard has to answer is written down, and so is what each shard has to know that gets a
/// part later. A transaction that has done nothing else on its shard can still move to another.
final class OpenTransaction implements Participant.Owner {
    private static final int NOWHERE = -1;

    private enum Phase {
        /// There is none, or it is a shard's own business.
        NONE,
        HELD,
        FAILED,
        /// A shard has it, which was chosen for no reason.
        MOVABLE,
        /// A shard has it, and others can get a part.
        SETTLED,
        /// Shards have parts of it, and the session has one of their backends or none.
        SPREAD
    }

    /// On which shards a statement runs that is sent in a transaction.
    enum Reach {
        /// Where its rows are.
        ROWS,
        /// On all that have a part of the transaction.
        ALL,
        /// It does what only one shard can have, which is where the transaction stays.
        ALONE
    }

    private final Session session;
    private final Journal journal = new Journal();
    private Phase phase = Phase.NONE;
    private boolean failed;
    private final SortedMap<Integer, Participant> participants = new TreeMap<>();
    private int writer = NOWHERE;

    /// On which shard a cursor or portal is, by its name.
    private final Map<String, Integer> cursors = new HashMap<>(0);

    OpenTransaction(Session session) {
        this.session = session;
    }

    boolean isHeld() {
        return phase == Phase.HELD;
    }

    boolean isMovable() {
        return phase == Phase.MOVABLE;
    }

    /// Whether several shards have parts of it, or can get some while the session has no backend.
    boolean isSpread() {
        return phase == Phase.SPREAD;
    }

    /// Whether there is one that several shards could have parts of.
    boolean isOpen() {
        return phase != Phase.NONE;
    }

    /// Whether another shard can get a part of it, while one has it.
    boolean isOpenToOthers() {
        boolean isHere = phase == Phase.MOVABLE || phase == Phase.SETTLED || phase == Phase.SPREAD;
        return isHere && !journal.isFull();
    }

    /// Whether statements must be refused until it is rolled back, and there is no server to do that.
    boolean isFailed() {
        return phase == Phase.FAILED || (phase == Phase.SPREAD && failed);
    }

    /// What the client is told while the session has no backend.
    TransactionStatus status() {
        return switch (phase) {
            case HELD -> TransactionStatus.IN_TRANSACTION;
            case FAILED -> TransactionStatus.FAILED;
            case SPREAD -> failed ? TransactionStatus.FAILED : TransactionStatus.IN_TRANSACTION;
            case NONE, MOVABLE, SETTLED -> TransactionStatus.IDLE;
        };
    }

    // While no shard has it.

    /// Whether [#perform] would do what a statement asks for.
    boolean controls(SessionStatement statement) {
        return switch (phase) {
            case NONE -> statement instanceof SessionStatement.Begin;
            case HELD ->
                switch (statement) {
                    case SessionStatement.Commit(boolean chain) -> !chain;
                    case SessionStatement.Rollback(boolean chain) -> !chain;
                    case SessionStatement.Savepoint _, SessionStatement.SetTransaction _ -> true;
                    case SessionStatement.RollbackToSavepoint(String name) -> journal.has(name);
                    default -> false;
                };
            case FAILED ->
                switch (statement) {
                    case SessionStatement.Commit _, SessionStatement.Rollback _ -> true;
                    case SessionStatement.RollbackToSavepoint(String name) -> journal.has(name);
                    default -> false;
                };
            case MOVABLE, SETTLED, SPREAD -> false;
        };
    }

    /// Does what a statement asks for while there is no shard, if none has to do it.
    ///
    /// @return the tag of the command
    Optional<String> perform(SessionStatement statement, byte[] text) {
        if (!controls(statement)) {
            return Optional.empty();
        }
        String tag = switch (statement) {
            case SessionStatement.Begin(String words, var _) -> words;
            case SessionStatement.Commit _ -> phase == Phase.FAILED ? "ROLLBACK" : "COMMIT";
            case SessionStatement.Rollback _, SessionStatement.RollbackToSavepoint _ -> "ROLLBACK";
            case SessionStatement.Savepoint _ -> "SAVEPOINT";
            default -> "SET";
        };
        boolean isOver = isEnd(statement);
        journal.runs(text, statement, SessionChanges.NONE);
        phase = Phase.HELD;
        if (isOver) {
            end();
        }
        return Optional.of(tag);
    }

    /// Whether a statement ends a transaction, and begins no other.
    static boolean isEnd(SessionStatement statement) {
        return switch (statement) {
            case SessionStatement.Commit(boolean chain) -> !chain;
            case SessionStatement.Rollback(boolean chain) -> !chain;
            default -> false;
        };
    }

    // While a shard has it.

    /// Tells the shard that gets it what it is.
    void begin(Backend backend) {
        if (phase == Phase.HELD) {
            phase = Phase.MOVABLE;
            journal.tell(backend, session.belongings());
        }
    }

    /// Leaves the shard that has it, for another.
    void move(Backend backend) {
        phase = Phase.HELD;
        backend.begin("ROLLBACK".getBytes(StandardCharsets.US_ASCII));
    }

    /// It stays on its shard.
    void settle() {
        if (phase == Phase.MOVABLE) {
            phase = Phase.SETTLED;
        }
    }

    /// On which shards a statement runs.
    ///
    /// @param hasValues whether it has values of parameters, which no other shard would be told
    static Reach reach(SessionStatement statement, boolean hasValues) {
        return switch (statement) {
            case SessionStatement.SetValue _,
                    SessionStatement.SetDefault _,
                    SessionStatement.SetFromCurrent _,
                    SessionStatement.SetTimeZoneInterval _,
                    SessionStatement.SetTransaction _,
                    SessionStatement.SetConstraints _,
                    SessionStatement.Reset _,
                    SessionStatement.Savepoint _,
                    SessionStatement.ReleaseSavepoint _,
                    SessionStatement.RollbackToSavepoint _,
                    SessionStatement.Commit _,
                    SessionStatement.Rollback _ -> Reach.ALL;
            case SessionStatement.Begin _,
                    SessionStatement.Show _,
                    SessionStatement.ShowAll _,
                    SessionStatement.Fetch _,
                    SessionStatement.CloseCursor _,
                    SessionStatement.Lock _,
                    SessionStatement.Copy _,
                    SessionStatement.Explain _,
                    SessionStatement.Notify _ -> Reach.ROWS;
            case SessionStatement.DeclareCursor cursor -> cursor.withHold() ? Reach.ALONE : Reach.ROWS;
            case SessionStatement.Other other -> reach(other, hasValues);
            default -> Reach.ALONE;
        };
    }

    private static Reach reach(SessionStatement.Other statement, boolean hasValues) {
        boolean isSetting = statement.effects().contains(SessionEffect.SETTING);
        if (isSetting) {
            return statement.effects().size() == 1 && !hasValues ? Reach.ALL : Reach.ALONE;
        }
        return statement.effects().stream().allMatch(OpenTransaction::endsWithIt) ? Reach.ROWS : Reach.ALONE;
    }

    /// Whether an effect is over when the transaction is.
    private static boolean endsWithIt(SessionEffect effect) {
        return switch (effect) {
            case TRANSACTION_LOCK, SEQUENCE_ADVANCE, NOTIFICATION -> true;
            default -> false;
        };
    }

    /// A statement is sent. What it leaves behind must be done again on shards that get a part later; where that cannot
    /// be, none does.
    void runs(SessionStatement statement, Supplier<byte[]> text, boolean hasValues, Supplier<SessionChanges> changes) {
        if (phase != Phase.MOVABLE && phase != Phase.SETTLED && phase != Phase.SPREAD) {
            return;
        }
        switch (reach(statement, hasValues)) {
            case ALL -> {
                if (statement instanceof SessionStatement.Commit || statement instanceof SessionStatement.Rollback) {
                    writer = NOWHERE;
                }
                if (!journal.isFull()) {
                    journal.runs(text.get(), statement, changes.get());
                }
            }
            case ROWS -> {
                boolean isPassing = statement instanceof SessionStatement.Show
                        || statement instanceof SessionStatement.ShowAll
                        || (statement instanceof SessionStatement.Other(var effects) && effects.isEmpty());
                if (!isPassing) {
                    settle();
                }
            }
            case ALONE -> leaveAlone();
        }
    }

    /// It is its shard's own business from now on.
    void leaveAlone() {
        if (phase != Phase.SPREAD) {
            end();
        }
    }

    /// Whether rows of a shard can be written: those of one are.
    boolean mayWrite(int shard) {
        return writer == NOWHERE || writer == shard || phase == Phase.NONE;
    }

    int writer() {
        return writer;
    }

    void writes(int shard) {
        if (phase != Phase.NONE) {
            writer = shard;
        }
    }

    /// A cursor or portal is made on a shard, or on several.
    void opens(String cursor, int shard) {
        if (phase != Phase.NONE) {
            cursors.put(cursor, shard);
        }
    }

    void closes(String cursor) {
        cursors.remove(cursor);
    }

    boolean hasCursors() {
        return !cursors.isEmpty();
    }

    /// Where a cursor or portal is, [Movement#ANY] if that is not known, [Movement#SEVERAL] if its rows were of
    /// several.
    int placeOf(String cursor) {
        return phase == Phase.SPREAD ? cursors.getOrDefault(cursor, Movement.ANY) : Movement.ANY;
    }

    /// Where the cursor is that a statement is about, [Movement#ANY] if it is about none.
    int placeOf(SessionStatement statement) {
        return switch (statement) {
            case SessionStatement.Fetch(String cursor, var _) -> placeOf(cursor);
            case SessionStatement.CloseCursor(String cursor) -> placeOf(cursor);
            default -> Movement.ANY;
        };
    }

    // While several have parts of it.

    /// A shard keeps its part while the session goes to others.
    void park(int shard, Backend backend) {
        boolean wasFailed = backend.status() == TransactionStatus.FAILED;
        phase = Phase.SPREAD;
        failed |= wasFailed;
        participant(shard).adopt(backend);
    }

    /// Several shards get a part of what none has yet.
    void spread() {
        if (phase == Phase.HELD) {
            phase = Phase.SPREAD;
        }
    }

    /// Who lends backends of a shard.
    Lender lender(int shard) {
        return phase == Phase.SPREAD ? participant(shard) : session.shards().pool(shard);
    }

    private Participant participant(int shard) {
        return participants.computeIfAbsent(
                shard, number -> new Participant(this, session.shards().pool(number)));
    }

    /// The shard for what can run on any.
    int anyShard() {
        return participants.isEmpty() ? Shards.HOME : participants.firstKey();
    }

    /// All that have a part, the one that is written to last.
    List<Lender> all() {
        List<Lender> all = new ArrayList<>(participants.values());
        Participant last = participants.get(writer);
        if (last != null) {
            all.remove(last);
            all.add(last);
        }
        return all;
    }

    boolean anyBackend(Predicate<Backend> test) {
        return backends().stream().anyMatch(test);
    }

    private Collection<Backend> backends() {
        return participants.values().stream()
                .filter(Participant::hasBackend)
                .map(Participant::backend)
                .toList();
    }

    @Override
    public int processId() {
        return session.processId();
    }

    @Override
    public void enlisted(Backend backend) {
        journal.tell(backend, session.belongings());
    }

    @Override
    public void refused(Participant participant) {
        participants.values().remove(participant);
    }

    @Override
    public void lost(ErrorFields reason) {
        session.end(reason);
    }

    /// A statement of it was refused.
    void fail() {
        if (phase == Phase.HELD) {
            phase = Phase.FAILED;
        }
        failed |= phase == Phase.SPREAD;
        if (phase == Phase.SPREAD && participants.isEmpty()) {
            phase = Phase.FAILED;
        }
    }

    /// All that have a part have run a statement that concerns them all.
    void done(SessionStatement statement) {
        switch (statement) {
            case SessionStatement.RollbackToSavepoint _ -> failed = false;
            case SessionStatement.Commit(boolean chain) -> done(chain);
            case SessionStatement.Rollback(boolean chain) -> done(chain);
            default -> {}
        }
    }

    private void done(boolean chain) {
        if (chain) {
            failed = false;
            writer = NOWHERE;
            cursors.clear();
            return;
        }
        if (!participants.isEmpty() && !session.belongings().isLoose()) {
            askWhatIsLeft();
        }
        end();
    }

    /// Lets the session have the backend of one shard, which is asked what the transaction has left there.
    private void askWhatIsLeft() {
        int last = participants.lastKey();
        session.shards().choose(last);
        session.fire(SessionEvent.STATEMENT_ARRIVED);
        participants.remove(last);
    }

    /// It is over, or its shard's own business from now on.
    void end() {
        if (!participants.isEmpty()) {
            boolean changesSettings = journal.changesSettings();
            participants.values().forEach(participant -> participant.leave(changesSettings));
            participants.clear();
        }
        phase = Phase.NONE;
        failed = false;
        writer = NOWHERE;
        journal.clear();
        cursors.clear();
    }
}
