package dev.pgbraid.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.proxy.session.SessionMachine.Step;
import dev.pgbraid.proxy.session.SessionState.Attached;
import dev.pgbraid.proxy.session.SessionState.Closed;
import dev.pgbraid.proxy.session.SessionState.Discarding;
import dev.pgbraid.proxy.session.SessionState.FannedOut;
import dev.pgbraid.proxy.session.SessionState.Idle;
import dev.pgbraid.proxy.session.SessionState.Waiting;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionMachineTest {
    private static final List<SessionState> STATES = List.of(
            Idle.IDLE,
            Waiting.STAYING,
            Waiting.DRAINING,
            Attached.STAYING,
            Attached.DRAINING,
            Attached.LEAVING,
            FannedOut.STAYING,
            FannedOut.DRAINING,
            Discarding.STAYING,
            Discarding.DRAINING,
            Closed.CLOSED);

    /// What can happen in a state; anything else is a bug of the caller.
    private static Set<SessionEvent> possible(SessionState state) {
        return switch (state) {
            case Idle _ ->
                always(
                        SessionEvent.STATEMENT_ARRIVED,
                        SessionEvent.FAN_BEGUN,
                        SessionEvent.SIMPLE_REFUSED,
                        SessionEvent.EXTENDED_REFUSED,
                        SessionEvent.SYNC_RECEIVED);
            case Waiting _ ->
                always(SessionEvent.BACKEND_GRANTED, SessionEvent.SIMPLE_REFUSED, SessionEvent.EXTENDED_REFUSED);
            case Attached.LEAVING ->
                always(SessionEvent.BACKEND_FREE, SessionEvent.BACKEND_LOST, SessionEvent.CLIENT_DONE);
            case Attached _ ->
                always(
                        SessionEvent.BACKEND_FREE,
                        SessionEvent.BACKEND_LOST,
                        SessionEvent.BACKEND_PARKED,
                        SessionEvent.CLIENT_DONE);
            case FannedOut _ -> always(SessionEvent.FAN_ENDED);
            case Discarding _ -> always(SessionEvent.SYNC_RECEIVED);
            case Closed _ -> EnumSet.allOf(SessionEvent.class);
        };
    }

    /// These, and what can come at any time.
    private static Set<SessionEvent> always(SessionEvent... others) {
        Set<SessionEvent> events =
                EnumSet.of(SessionEvent.CANCEL_REQUESTED, SessionEvent.CLIENT_GONE, SessionEvent.DRAIN_REQUESTED);
        events.addAll(List.of(others));
        return events;
    }

    @Test
    void everyEventIsHandledWhereItCanHappenAndRefusedWhereItCannot() {
        for (SessionState state : STATES) {
            Set<SessionEvent> possible = possible(state);
            for (SessionEvent event : SessionEvent.values()) {
                if (possible.contains(event)) {
                    assertThat(SessionMachine.step(state, event)).isNotNull();
                } else {
                    assertThatThrownBy(() -> SessionMachine.step(state, event))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining(event.name());
                }
            }
        }
    }

    @Test
    void theClientIsClosedOnceAndOnlyOnTheWayOut() {
        for (SessionState state : STATES) {
            for (SessionEvent event : possible(state)) {
                Step step = SessionMachine.step(state, event);
                boolean closes = !isWithoutClient(state) && isWithoutClient(step.next());
                assertThat(step.effects().contains(Effect.CLOSE_CLIENT))
                        .as("%s on %s", state, event)
                        .isEqualTo(closes);
            }
        }
    }

    private static boolean isWithoutClient(SessionState state) {
        return state == Closed.CLOSED || state == Attached.LEAVING;
    }

    @Test
    void aBackendIsLetGoWheneverAttachedIsLeft() {
        Set<Effect> lettingGo = EnumSet.of(Effect.RETURN_BACKEND, Effect.ABANDON_BACKEND);
        for (SessionState state : Attached.values()) {
            for (SessionEvent event : possible(state)) {
                Step step = SessionMachine.step(state, event);
                boolean isElsewhere = event == SessionEvent.BACKEND_LOST || event == SessionEvent.BACKEND_PARKED;
                boolean leaves = !(step.next() instanceof Attached) && !isElsewhere;
                assertThat(step.effects().stream().anyMatch(lettingGo::contains))
                        .as("%s on %s", state, event)
                        .isEqualTo(leaves);
            }
        }
    }

    @Test
    void drainingIsNotForgotten() {
        assertThat(SessionMachine.step(Waiting.DRAINING, SessionEvent.BACKEND_GRANTED)
                        .next())
                .isEqualTo(Attached.DRAINING);
        assertThat(SessionMachine.step(Waiting.DRAINING, SessionEvent.EXTENDED_REFUSED)
                        .next())
                .isEqualTo(Discarding.DRAINING);
        assertThat(SessionMachine.step(Attached.DRAINING, SessionEvent.CANCEL_REQUESTED)
                        .next())
                .isEqualTo(Attached.DRAINING);
        assertThat(SessionMachine.step(Attached.DRAINING, SessionEvent.BACKEND_FREE)
                        .next())
                .isEqualTo(Closed.CLOSED);
        assertThat(SessionMachine.step(Discarding.DRAINING, SessionEvent.SYNC_RECEIVED)
                        .next())
                .isEqualTo(Closed.CLOSED);
    }

    @Test
    void aTransactionMakesNoObjects() {
        assertThat(SessionMachine.step(Idle.IDLE, SessionEvent.STATEMENT_ARRIVED))
                .isSameAs(SessionMachine.step(Idle.IDLE, SessionEvent.STATEMENT_ARRIVED));
        assertThat(SessionMachine.step(Waiting.STAYING, SessionEvent.BACKEND_GRANTED))
                .isSameAs(SessionMachine.step(Waiting.STAYING, SessionEvent.BACKEND_GRANTED));
        assertThat(SessionMachine.step(Attached.STAYING, SessionEvent.BACKEND_FREE))
                .isSameAs(SessionMachine.step(Attached.STAYING, SessionEvent.BACKEND_FREE));
    }
}
