package dev.pgbraid.proxy.session;

import static dev.pgbraid.proxy.session.Effect.ABANDON_BACKEND;
import static dev.pgbraid.proxy.session.Effect.CANCEL_BACKEND;
import static dev.pgbraid.proxy.session.Effect.CHECK_OUT;
import static dev.pgbraid.proxy.session.Effect.CLOSE_CLIENT;
import static dev.pgbraid.proxy.session.Effect.DRAIN;
import static dev.pgbraid.proxy.session.Effect.FORWARD_HELD;
import static dev.pgbraid.proxy.session.Effect.RETURN_BACKEND;
import static dev.pgbraid.proxy.session.Effect.SEND_BACKEND_LOST;
import static dev.pgbraid.proxy.session.Effect.SEND_READY;
import static dev.pgbraid.proxy.session.Effect.SEND_REFUSAL;
import static dev.pgbraid.proxy.session.Effect.SEND_SHUTDOWN;
import static dev.pgbraid.proxy.session.Effect.WITHDRAW;
import static dev.pgbraid.proxy.session.Effect.WITHDRAW_CANCELED;

import dev.pgbraid.proxy.session.SessionState.Attached;
import dev.pgbraid.proxy.session.SessionState.Closed;
import dev.pgbraid.proxy.session.SessionState.Discarding;
import dev.pgbraid.proxy.session.SessionState.FannedOut;
import dev.pgbraid.proxy.session.SessionState.Idle;
import dev.pgbraid.proxy.session.SessionState.Waiting;
import java.util.List;

/// The transitions of a session. Pure: no input or output, no clock, no fields.
///
/// Steps are constants, so that a transaction costs no allocation here.
public final class SessionMachine {
    private static final Step CLOSED = Step.to(Closed.CLOSED);
    private static final Step CLIENT_GONE = Step.to(Closed.CLOSED, CLOSE_CLIENT);
    private static final Step SHUTDOWN = Step.to(Closed.CLOSED, SEND_SHUTDOWN, CLOSE_CLIENT);

    private static final Step STAY_IDLE = Step.to(Idle.IDLE);
    private static final Step READY = Step.to(Idle.IDLE, SEND_READY);
    private static final Step WAIT = Step.to(Waiting.STAYING, CHECK_OUT);

    private static final Step WITHDRAW_AND_CLOSE = Step.to(Closed.CLOSED, WITHDRAW, CLOSE_CLIENT);
    private static final Step REFUSE_SIMPLE = Step.to(Idle.IDLE, SEND_REFUSAL, SEND_READY);
    private static final Step REFUSE_SIMPLE_AND_CLOSE =
            Step.to(Closed.CLOSED, SEND_REFUSAL, SEND_READY, SEND_SHUTDOWN, CLOSE_CLIENT);

    private static final Step RETURN = Step.to(Idle.IDLE, RETURN_BACKEND);
    private static final Step RETURN_AND_CLOSE = Step.to(Closed.CLOSED, RETURN_BACKEND, SEND_SHUTDOWN, CLOSE_CLIENT);
    private static final Step ABANDON = Step.to(Closed.CLOSED, ABANDON_BACKEND, CLOSE_CLIENT);
    private static final Step LOST = Step.to(Closed.CLOSED, SEND_BACKEND_LOST, CLOSE_CLIENT);

    private SessionMachine() {}

    /// The state after an event, and what to do to get there.
    public record Step(SessionState next, List<Effect> effects) {
        public Step {
            effects = List.copyOf(effects);
        }

        static Step to(SessionState next, Effect... effects) {
            return new Step(next, List.of(effects));
        }
    }

    public static Step step(SessionState state, SessionEvent event) {
        return switch (state) {
            case Idle _ -> whenIdle(event);
            case Waiting waiting -> whenWaiting(waiting, event);
            case Attached.LEAVING -> whenLeaving(event);
            case Attached attached -> whenAttached(attached, event);
            case FannedOut fanned -> whenFannedOut(fanned, event);
            case Discarding discarding -> whenDiscarding(discarding, event);
            case Closed _ -> CLOSED;
        };
    }

    private static Step whenIdle(SessionEvent event) {
        return switch (event) {
            case STATEMENT_ARRIVED -> WAIT;
            case SYNC_RECEIVED -> READY;
            case CLIENT_GONE -> CLIENT_GONE;
            case DRAIN_REQUESTED -> SHUTDOWN;
            case CANCEL_REQUESTED -> STAY_IDLE;
            case SIMPLE_REFUSED -> REFUSE_SIMPLE;
            case EXTENDED_REFUSED -> Steps.DISCARD;
            case FAN_BEGUN -> Steps.FAN_OUT;
            case BACKEND_GRANTED, BACKEND_FREE, BACKEND_LOST, BACKEND_PARKED, FAN_ENDED, CLIENT_DONE ->
                throw impossible(Idle.IDLE, event);
        };
    }

    private static Step whenWaiting(Waiting waiting, SessionEvent event) {
        boolean draining = waiting == Waiting.DRAINING;
        return switch (event) {
            case BACKEND_GRANTED -> draining ? Steps.GRANTED_DRAINING : Steps.GRANTED;
            case SIMPLE_REFUSED -> draining ? REFUSE_SIMPLE_AND_CLOSE : REFUSE_SIMPLE;
            case EXTENDED_REFUSED -> draining ? Steps.DISCARD_DRAINING : Steps.DISCARD;
            case CANCEL_REQUESTED -> draining ? Steps.CANCEL_WAITING_DRAINING : Steps.CANCEL_WAITING;
            case CLIENT_GONE -> WITHDRAW_AND_CLOSE;
            case DRAIN_REQUESTED -> Steps.DRAIN_WAITING;
            case STATEMENT_ARRIVED,
                    SYNC_RECEIVED,
                    BACKEND_FREE,
                    BACKEND_LOST,
                    BACKEND_PARKED,
                    FAN_BEGUN,
                    FAN_ENDED,
                    CLIENT_DONE -> throw impossible(waiting, event);
        };
    }

    private static Step whenAttached(Attached attached, SessionEvent event) {
        boolean draining = attached == Attached.DRAINING;
        return switch (event) {
            case BACKEND_FREE -> draining ? RETURN_AND_CLOSE : RETURN;
            case BACKEND_LOST -> LOST;
            case BACKEND_PARKED -> draining ? Steps.FAN_IN_DRAINING : STAY_IDLE;
            case CANCEL_REQUESTED -> draining ? Steps.CANCEL_ATTACHED_DRAINING : Steps.CANCEL_ATTACHED;
            case CLIENT_GONE -> ABANDON;
            case CLIENT_DONE -> Steps.LEAVE;
            case DRAIN_REQUESTED -> Steps.DRAIN_ATTACHED;
            case STATEMENT_ARRIVED,
                    SYNC_RECEIVED,
                    BACKEND_GRANTED,
                    SIMPLE_REFUSED,
                    EXTENDED_REFUSED,
                    FAN_BEGUN,
                    FAN_ENDED -> throw impossible(attached, event);
        };
    }

    private static Step whenLeaving(SessionEvent event) {
        return switch (event) {
            case BACKEND_FREE -> Steps.RETURN_AFTER_CLIENT;
            case BACKEND_LOST -> CLOSED;
            case CANCEL_REQUESTED, CLIENT_GONE, CLIENT_DONE, DRAIN_REQUESTED -> Steps.STAY_LEAVING;
            case STATEMENT_ARRIVED,
                    SYNC_RECEIVED,
                    BACKEND_GRANTED,
                    BACKEND_PARKED,
                    SIMPLE_REFUSED,
                    EXTENDED_REFUSED,
                    FAN_BEGUN,
                    FAN_ENDED -> throw impossible(Attached.LEAVING, event);
        };
    }

    private static Step whenFannedOut(FannedOut fanned, SessionEvent event) {
        boolean draining = fanned == FannedOut.DRAINING;
        return switch (event) {
            case FAN_ENDED -> draining ? Steps.FAN_IN_DRAINING : STAY_IDLE;
            case CANCEL_REQUESTED -> draining ? Steps.CANCEL_FAN_DRAINING : Steps.CANCEL_FAN;
            case CLIENT_GONE -> Steps.ABANDON_FAN;
            case DRAIN_REQUESTED -> Steps.DRAIN_FAN;
            case STATEMENT_ARRIVED,
                    SYNC_RECEIVED,
                    BACKEND_GRANTED,
                    BACKEND_FREE,
                    BACKEND_LOST,
                    BACKEND_PARKED,
                    SIMPLE_REFUSED,
                    EXTENDED_REFUSED,
                    FAN_BEGUN,
                    CLIENT_DONE -> throw impossible(fanned, event);
        };
    }

    private static Step whenDiscarding(Discarding discarding, SessionEvent event) {
        boolean draining = discarding == Discarding.DRAINING;
        return switch (event) {
            case SYNC_RECEIVED -> draining ? Steps.READY_AND_CLOSE : READY;
            case CLIENT_GONE -> CLIENT_GONE;
            case DRAIN_REQUESTED -> Steps.DRAIN_DISCARDING;
            case CANCEL_REQUESTED -> draining ? Steps.DRAIN_DISCARDING : Steps.STAY_DISCARDING;
            case STATEMENT_ARRIVED,
                    BACKEND_GRANTED,
                    SIMPLE_REFUSED,
                    EXTENDED_REFUSED,
                    BACKEND_FREE,
                    BACKEND_LOST,
                    BACKEND_PARKED,
                    FAN_BEGUN,
                    FAN_ENDED,
                    CLIENT_DONE -> throw impossible(discarding, event);
        };
    }

    private static IllegalStateException impossible(SessionState state, SessionEvent event) {
        return new IllegalStateException(event + " while " + state.getClass().getSimpleName());
    }

    /// The steps that exist in a staying and in a draining form.
    private static final class Steps {
        static final Step GRANTED = Step.to(Attached.STAYING, FORWARD_HELD);
        static final Step GRANTED_DRAINING = Step.to(Attached.DRAINING, FORWARD_HELD);
        static final Step DISCARD = Step.to(Discarding.STAYING, SEND_REFUSAL);
        static final Step DISCARD_DRAINING = Step.to(Discarding.DRAINING, SEND_REFUSAL);
        static final Step CANCEL_WAITING = Step.to(Waiting.STAYING, WITHDRAW_CANCELED);
        static final Step CANCEL_WAITING_DRAINING = Step.to(Waiting.DRAINING, WITHDRAW_CANCELED);
        static final Step DRAIN_WAITING = Step.to(Waiting.DRAINING);
        static final Step CANCEL_ATTACHED = Step.to(Attached.STAYING, CANCEL_BACKEND);
        static final Step CANCEL_ATTACHED_DRAINING = Step.to(Attached.DRAINING, CANCEL_BACKEND);
        static final Step DRAIN_ATTACHED = Step.to(Attached.DRAINING);
        static final Step LEAVE = Step.to(Attached.LEAVING, CLOSE_CLIENT);
        static final Step STAY_LEAVING = Step.to(Attached.LEAVING);
        static final Step RETURN_AFTER_CLIENT = Step.to(Closed.CLOSED, RETURN_BACKEND);
        static final Step FAN_OUT = Step.to(FannedOut.STAYING);
        static final Step FAN_IN_DRAINING = Step.to(Idle.IDLE, DRAIN);
        static final Step CANCEL_FAN = Step.to(FannedOut.STAYING, Effect.CANCEL_FAN);
        static final Step CANCEL_FAN_DRAINING = Step.to(FannedOut.DRAINING, Effect.CANCEL_FAN);
        static final Step ABANDON_FAN = Step.to(Closed.CLOSED, Effect.ABANDON_FAN, CLOSE_CLIENT);
        static final Step DRAIN_FAN = Step.to(FannedOut.DRAINING);
        static final Step STAY_DISCARDING = Step.to(Discarding.STAYING);
        static final Step DRAIN_DISCARDING = Step.to(Discarding.DRAINING);
        static final Step READY_AND_CLOSE = Step.to(Closed.CLOSED, SEND_READY, SEND_SHUTDOWN, CLOSE_CLIENT);

        private Steps() {}
    }
}
