package dev.pgbraid.proxy.session;

import static dev.pgbraid.protocol.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.proxy.session.SessionState.Attached;
import dev.pgbraid.proxy.session.SessionState.Closed;
import dev.pgbraid.proxy.session.SessionState.Discarding;
import dev.pgbraid.proxy.session.SessionState.Idle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds the [SessionMachine] against what is around a session: a client, a pool with its queue, and a backend.
class SessionMachineProperties {
    private static final int EVENTS_MAX = 40;

    @Test
    void whateverHappensNothingIsTakenTwiceAndNothingIsLeft() {
        forAll(Gen.listOf(EVENTS_MAX, Gen.between(0, 1000)), choices -> {
            World world = new World();
            for (int choice : choices) {
                world.letHappen(choice);
            }
            world.happen(SessionEvent.CLIENT_GONE);
            if (world.state == Attached.LEAVING) {
                world.happen(SessionEvent.BACKEND_FREE);
            }
            assertThat(world.state).isEqualTo(Closed.CLOSED);
            assertThat(world.isQueued).as("waits still").isFalse();
            assertThat(world.hasBackend).as("has a backend still").isFalse();
            assertThat(world.isOpen).as("the client is open still").isFalse();
        });
    }

    /// What is around one session, as far as it decides what can happen next.
    private static final class World {
        private SessionState state = Idle.IDLE;
        private boolean isOpen = true;
        private boolean isQueued;
        private boolean isFannedOut;
        private boolean hasBackend;
        private boolean isDraining;

        /// One of the things that can happen now.
        void letHappen(int choice) {
            List<SessionEvent> possible = new ArrayList<>(
                    List.of(SessionEvent.CANCEL_REQUESTED, SessionEvent.DRAIN_REQUESTED, SessionEvent.CLIENT_GONE));
            if (isQueued) {
                // It is far more usual than the others.
                possible.addAll(0, List.of(SessionEvent.BACKEND_GRANTED, SessionEvent.BACKEND_GRANTED));
                possible.addAll(List.of(SessionEvent.SIMPLE_REFUSED, SessionEvent.EXTENDED_REFUSED));
            } else if (hasBackend) {
                possible.addAll(0, List.of(SessionEvent.BACKEND_FREE, SessionEvent.BACKEND_FREE));
                possible.addAll(List.of(SessionEvent.BACKEND_LOST, SessionEvent.CLIENT_DONE));
                if (state != Attached.LEAVING) {
                    possible.add(SessionEvent.BACKEND_PARKED);
                }
            } else if (isFannedOut) {
                possible.addAll(0, List.of(SessionEvent.FAN_ENDED, SessionEvent.FAN_ENDED));
            } else if (isOpen) {
                possible.addFirst(SessionEvent.SYNC_RECEIVED);
                if (!(state instanceof Discarding)) {
                    possible.addAll(0, List.of(SessionEvent.STATEMENT_ARRIVED, SessionEvent.STATEMENT_ARRIVED));
                    possible.addAll(List.of(
                            SessionEvent.FAN_BEGUN, SessionEvent.SIMPLE_REFUSED, SessionEvent.EXTENDED_REFUSED));
                }
            }
            happen(possible.get(choice % possible.size()));
        }

        void happen(SessionEvent event) {
            switch (event) {
                case BACKEND_GRANTED -> {
                    isQueued = false;
                    hasBackend = true;
                }
                case SIMPLE_REFUSED, EXTENDED_REFUSED -> isQueued = false;
                case BACKEND_LOST, BACKEND_PARKED -> hasBackend = false;
                case FAN_BEGUN -> isFannedOut = true;
                case FAN_ENDED -> isFannedOut = false;
                case DRAIN_REQUESTED -> isDraining = true;
                case STATEMENT_ARRIVED, BACKEND_FREE, SYNC_RECEIVED, CANCEL_REQUESTED, CLIENT_GONE, CLIENT_DONE -> {}
            }
            SessionMachine.Step step = SessionMachine.step(state, event);
            state = step.next();
            List<Effect> effects = step.effects();
            assertThat(effects.stream().filter(Effect.SEND_READY::equals).count())
                    .as("ReadyForQuery after %s", event)
                    .isEqualTo(event == SessionEvent.SYNC_RECEIVED || event == SessionEvent.SIMPLE_REFUSED ? 1 : 0);
            effects.forEach(this::perform);
            assertThat(hasBackend).isEqualTo(state instanceof SessionState.Attached);
            assertThat(isQueued).isEqualTo(state instanceof SessionState.Waiting);
            assertThat(isFannedOut).isEqualTo(state instanceof SessionState.FannedOut);
            assertThat(isOpen).isEqualTo(state != Closed.CLOSED && state != Attached.LEAVING);
            assertThat(isDraining && state == Idle.IDLE).as("drained and idle").isFalse();
        }

        private void perform(Effect effect) {
            switch (effect) {
                case CHECK_OUT -> {
                    assertThat(isQueued || hasBackend).isFalse();
                    isQueued = true;
                }
                case FORWARD_HELD, CANCEL_BACKEND -> assertThat(hasBackend).isTrue();
                case RETURN_BACKEND, ABANDON_BACKEND -> {
                    assertThat(hasBackend).isTrue();
                    hasBackend = false;
                }
                case CANCEL_FAN -> assertThat(isFannedOut).isTrue();
                case ABANDON_FAN -> {
                    assertThat(isFannedOut).isTrue();
                    isFannedOut = false;
                }
                case DRAIN -> happen(SessionEvent.DRAIN_REQUESTED);
                case WITHDRAW -> {
                    assertThat(isQueued).isTrue();
                    isQueued = false;
                }
                case WITHDRAW_CANCELED -> {
                    assertThat(isQueued).isTrue();
                    happen(SessionEvent.EXTENDED_REFUSED);
                }
                case SEND_REFUSAL, SEND_READY, SEND_BACKEND_LOST, SEND_SHUTDOWN ->
                    assertThat(isOpen).as("%s to a client that is gone", effect).isTrue();
                case CLOSE_CLIENT -> {
                    assertThat(isOpen).isTrue();
                    isOpen = false;
                }
            }
        }
    }
}
