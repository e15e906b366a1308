package dev.pgbraid.protocol.frontend;

import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.MessageReader;

/// A message from a client to a server, after the startup phase.
public sealed interface FrontendMessage extends Message
        permits Bind,
                Close,
                CopyData,
                CopyDone,
                CopyFail,
                Describe,
                Execute,
                Flush,
                FunctionCall,
                GssResponse,
                Parse,
                PasswordMessage,
                Query,
                SaslInitialResponse,
                SaslResponse,
                Sync,
                Terminate {

    /// Decodes a message of the type `tag`.
    ///
    /// The four answers to an authentication request share one type byte and only the request tells them apart, so
    /// they are decoded by their own methods and are, as in PostgreSQL, of no known type here.
    static FrontendMessage decode(byte tag, MessageReader in) {
        return switch (tag) {
            case 'B' -> Bind.decode(in.named("Bind"));
            case 'C' -> Close.decode(in.named("Close"));
            case 'd' -> CopyData.decode(in.named("CopyData"));
            case 'c' -> CopyDone.decode(in.named("CopyDone"));
            case 'f' -> CopyFail.decode(in.named("CopyFail"));
            case 'D' -> Describe.decode(in.named("Describe"));
            case 'E' -> Execute.decode(in.named("Execute"));
            case 'H' -> Flush.decode(in.named("Flush"));
            case 'F' -> FunctionCall.decode(in.named("FunctionCall"));
            case 'P' -> Parse.decode(in.named("Parse"));
            case 'Q' -> Query.decode(in.named("Query"));
            case 'S' -> Sync.decode(in.named("Sync"));
            case 'X' -> Terminate.decode(in.named("Terminate"));
            default -> throw in.violation("invalid frontend message type " + (tag & 0xFF));
        };
    }
}
