package dev.pgbraid.protocol.backend;

import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.MessageReader;

/// A message from a server to a client.
public sealed interface BackendMessage extends Message
        permits Authentication,
                BackendKeyData,
                BindComplete,
                CloseComplete,
                CommandComplete,
                CopyBothResponse,
                CopyData,
                CopyDone,
                CopyInResponse,
                CopyOutResponse,
                DataRow,
                EmptyQueryResponse,
                ErrorResponse,
                FunctionCallResponse,
                NegotiateProtocolVersion,
                NoData,
                NoticeResponse,
                NotificationResponse,
                ParameterDescription,
                ParameterStatus,
                ParseComplete,
                PortalSuspended,
                ReadyForQuery,
                RowDescription {

    /// Decodes a message of the type `tag`.
    static BackendMessage decode(byte tag, MessageReader in) {
        return switch (tag) {
            case 'R' -> Authentication.decode(in.named("Authentication"));
            case 'K' -> BackendKeyData.decode(in.named("BackendKeyData"));
            case '2' -> BindComplete.decode(in.named("BindComplete"));
            case '3' -> CloseComplete.decode(in.named("CloseComplete"));
            case 'C' -> CommandComplete.decode(in.named("CommandComplete"));
            case 'W' -> CopyBothResponse.decode(in.named("CopyBothResponse"));
            case 'd' -> CopyData.decode(in.named("CopyData"));
            case 'c' -> CopyDone.decode(in.named("CopyDone"));
            case 'G' -> CopyInResponse.decode(in.named("CopyInResponse"));
            case 'H' -> CopyOutResponse.decode(in.named("CopyOutResponse"));
            case 'D' -> DataRow.decode(in.named("DataRow"));
            case 'I' -> EmptyQueryResponse.decode(in.named("EmptyQueryResponse"));
            case 'E' -> ErrorResponse.decode(in.named("ErrorResponse"));
            case 'V' -> FunctionCallResponse.decode(in.named("FunctionCallResponse"));
            case 'v' -> NegotiateProtocolVersion.decode(in.named("NegotiateProtocolVersion"));
            case 'n' -> NoData.decode(in.named("NoData"));
            case 'N' -> NoticeResponse.decode(in.named("NoticeResponse"));
            case 'A' -> NotificationResponse.decode(in.named("NotificationResponse"));
            case 't' -> ParameterDescription.decode(in.named("ParameterDescription"));
            case 'S' -> ParameterStatus.decode(in.named("ParameterStatus"));
            case '1' -> ParseComplete.decode(in.named("ParseComplete"));
            case 's' -> PortalSuspended.decode(in.named("PortalSuspended"));
            case 'Z' -> ReadyForQuery.decode(in.named("ReadyForQuery"));
            case 'T' -> RowDescription.decode(in.named("RowDescription"));
            default -> throw in.violation("invalid backend message type " + (tag & 0xFF));
        };
    }
}
