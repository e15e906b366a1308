package dev.pgbraid.loadtest.soak;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a guest does at one go, between two moments at which it has nothing under way.
enum Activity {
    WRITE_ONE_BY_ONE(6),
    WRITE_IN_TRANSACTION(6),
    TAKE_LONG(1),
    PIPELINE(6),
    FAIL_IN_PIPELINE(3),
    USE_PREPARED(8),
    PREPARE_WITH_FLUSH(4),
    PREPARE_IN_SQL(2),
    FETCH_FROM_PORTAL(3),
    FETCH_FROM_CURSOR(3),
    HOLD_CURSOR(2),
    COPY_IN(3),
    COPY_OUT(3),
    HUGE_ROW(1),
    HUGE_PARAMETER(1),
    READ_SLOWLY(1),
    CHANGE_SETTINGS(6),
    RESET_SETTINGS(2),
    USE_TEMPORARY_TABLE(2),
    HOLD_LOCK(2),
    LISTEN(2),
    GET_NOTICE(3),
    RECONNECT(2),
    STORM(1),
    CANCEL(2),
    CANCEL_LATE(3),
    LOSE_BACKEND(1),
    END_IDLE_BACKEND(1),
    VANISH(2);

    /// Every activity as often as it is to come up.
    private static final List<Activity> LOTS = Stream.of(values())
            .flatMap(activity -> IntStream.range(0, activity.frequency).mapToObj(_ -> activity))
            .toList();

    private final int frequency;

    Activity(int frequency) {
        this.frequency = frequency;
    }

    static Activity any(Random random) {
        return LOTS.get(random.nextInt(LOTS.size()));
    }

    void run(Guest guest) throws InterruptedException {
        switch (this) {
            case WRITE_ONE_BY_ONE -> RowWork.writeOneByOne(guest);
            case WRITE_IN_TRANSACTION -> RowWork.writeInTransaction(guest);
            case TAKE_LONG -> RowWork.takeLong(guest);
            case PIPELINE -> StatementWork.pipeline(guest);
            case FAIL_IN_PIPELINE -> StatementWork.failInPipeline(guest);
            case USE_PREPARED -> StatementWork.usePrepared(guest);
            case PREPARE_WITH_FLUSH -> StatementWork.prepareWithFlush(guest);
            case PREPARE_IN_SQL -> StatementWork.prepareInSql(guest);
            case FETCH_FROM_PORTAL -> StatementWork.fetchFromPortal(guest);
            case FETCH_FROM_CURSOR -> StatementWork.fetchFromCursor(guest);
            case HOLD_CURSOR -> StatementWork.holdCursor(guest);
            case COPY_IN -> BulkWork.copyIn(guest);
            case COPY_OUT -> BulkWork.copyOut(guest);
            case HUGE_ROW -> BulkWork.hugeRow(guest);
            case HUGE_PARAMETER -> BulkWork.hugeParameter(guest);
            case READ_SLOWLY -> BulkWork.readSlowly(guest);
            case CHANGE_SETTINGS -> SessionWork.changeSettings(guest);
            case RESET_SETTINGS -> SessionWork.resetSettings(guest);
            case USE_TEMPORARY_TABLE -> SessionWork.useTemporaryTable(guest);
            case HOLD_LOCK -> SessionWork.holdLock(guest);
            case LISTEN -> SessionWork.listen(guest);
            case GET_NOTICE -> SessionWork.getNotice(guest);
            case RECONNECT -> EndWork.reconnect(guest);
            case STORM -> EndWork.storm(guest);
            case CANCEL -> EndWork.cancel(guest);
            case CANCEL_LATE -> EndWork.cancelLate(guest);
            case LOSE_BACKEND -> EndWork.loseBackend(guest);
            case END_IDLE_BACKEND -> EndWork.endIdleBackend(guest);
            case VANISH -> EndWork.vanish(guest);
        }
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
