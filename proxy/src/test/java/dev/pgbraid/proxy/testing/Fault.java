package dev.pgbraid.proxy.testing;

import dev.pgbraid.protocol.ByteString;
import java.time.Duration;

/// What goes wrong with one message on its way through a [FaultProxy].
///
/// @param tag the type of the message; [#STARTUP] for a packet of the startup phase, which has none
/// @param occurrence the how-many-th of these messages it is, counted from 1 over all connections since the fault was
///     injected
/// @param offset how many bytes of the message pass unharmed, its header included
public record Fault(Direction direction, char tag, int occurrence, int offset, Action action) {
    public static final char STARTUP = 0;

    /// Who sends the message.
    public enum Direction {
        FROM_CLIENT,
        FROM_SERVER
    }

    /// What happens at the offset.
    public sealed interface Action {
        /// Both ends see the end of the stream; what they still send is thrown away.
        record Cut() implements Action {}

        /// Both ends see a reset.
        record Reset() implements Action {}

        /// The rest comes later.
        record Delay(Duration time) implements Action {}

        /// The rest comes when [FaultProxy#release()] is called.
        record Stall() implements Action {}

        /// The rest comes one byte at a time.
        record Split() implements Action {}

        /// Other bytes take the place of those here.
        record Corrupt(ByteString bytes) implements Action {}

        /// The whole message comes twice.
        record Duplicate() implements Action {}
    }

    /// A fault of the first message with this tag, before any byte of it.
    public static Fault fromClient(char tag, Action action) {
        return new Fault(Direction.FROM_CLIENT, tag, 1, 0, action);
    }

    /// A fault of the first message with this tag, before any byte of it.
    public static Fault fromServer(char tag, Action action) {
        return new Fault(Direction.FROM_SERVER, tag, 1, 0, action);
    }

    public Fault nth(int number) {
        return new Fault(direction, tag, number, offset, action);
    }

    public Fault at(int byteOffset) {
        return new Fault(direction, tag, occurrence, byteOffset, action);
    }
}
