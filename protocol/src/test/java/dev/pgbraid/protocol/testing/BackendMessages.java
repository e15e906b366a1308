package dev.pgbraid.protocol.testing;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.backend.Authentication;
import dev.pgbraid.protocol.backend.AuthenticationCleartextPassword;
import dev.pgbraid.protocol.backend.AuthenticationGss;
import dev.pgbraid.protocol.backend.AuthenticationGssContinue;
import dev.pgbraid.protocol.backend.AuthenticationKerberosV5;
import dev.pgbraid.protocol.backend.AuthenticationMd5Password;
import dev.pgbraid.protocol.backend.AuthenticationOk;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.protocol.backend.AuthenticationSaslContinue;
import dev.pgbraid.protocol.backend.AuthenticationSaslFinal;
import dev.pgbraid.protocol.backend.AuthenticationSspi;
import dev.pgbraid.protocol.backend.BackendKeyData;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.BindComplete;
import dev.pgbraid.protocol.backend.CloseComplete;
import dev.pgbraid.protocol.backend.CommandComplete;
import dev.pgbraid.protocol.backend.CopyBothResponse;
import dev.pgbraid.protocol.backend.CopyData;
import dev.pgbraid.protocol.backend.CopyDone;
import dev.pgbraid.protocol.backend.CopyInResponse;
import dev.pgbraid.protocol.backend.CopyOutResponse;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.EmptyQueryResponse;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.FunctionCallResponse;
import dev.pgbraid.protocol.backend.NegotiateProtocolVersion;
import dev.pgbraid.protocol.backend.NoData;
import dev.pgbraid.protocol.backend.NoticeResponse;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.protocol.backend.ParameterDescription;
import dev.pgbraid.protocol.backend.ParameterStatus;
import dev.pgbraid.protocol.backend.ParseComplete;
import dev.pgbraid.protocol.backend.PortalSuspended;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.backend.RowDescription;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// Every message of a server.
public final class BackendMessages {
    private static final int HEADER_LENGTH = 5;

    private BackendMessages() {}

    public static List<Codec<? extends BackendMessage>> all() {
        return Stream.concat(authentication().stream(), afterLogin().stream()).toList();
    }

    private static List<Codec<? extends Authentication>> authentication() {
        return List.of(
                codec(
                        AuthenticationCleartextPassword.class,
                        Gen.constant(new AuthenticationCleartextPassword()),
                        Authentication::decode),
                codec(AuthenticationGss.class, Gen.constant(new AuthenticationGss()), Authentication::decode),
                codec(
                        AuthenticationGssContinue.class,
                        Fields.bytes().map(AuthenticationGssContinue::new),
                        Authentication::decode),
                codec(
                        AuthenticationKerberosV5.class,
                        Gen.constant(new AuthenticationKerberosV5()),
                        Authentication::decode),
                codec(AuthenticationMd5Password.class, md5Password(), Authentication::decode),
                codec(AuthenticationOk.class, Gen.constant(new AuthenticationOk()), Authentication::decode),
                codec(
                        AuthenticationSasl.class,
                        Gen.listOf(4, Fields.nonEmptyString()).map(AuthenticationSasl::new),
                        Authentication::decode),
                codec(
                        AuthenticationSaslContinue.class,
                        Fields.bytes().map(AuthenticationSaslContinue::new),
                        Authentication::decode),
                codec(
                        AuthenticationSaslFinal.class,
                        Fields.bytes().map(AuthenticationSaslFinal::new),
                        Authentication::decode),
                codec(AuthenticationSspi.class, Gen.constant(new AuthenticationSspi()), Authentication::decode));
    }

    private static List<Codec<? extends BackendMessage>> afterLogin() {
        return List.of(
                codec(BackendKeyData.class, Fields.cancelKey().map(BackendKeyData::new), BackendKeyData::decode),
                codec(BindComplete.class, Gen.constant(new BindComplete()), BindComplete::decode),
                codec(CloseComplete.class, Gen.constant(new CloseComplete()), CloseComplete::decode),
                codec(CommandComplete.class, Fields.string().map(CommandComplete::new), CommandComplete::decode),
                codec(CopyBothResponse.class, copy(CopyBothResponse::new), CopyBothResponse::decode),
                codec(CopyData.class, Fields.bytes().map(CopyData::new), CopyData::decode),
                codec(CopyDone.class, Gen.constant(new CopyDone()), CopyDone::decode),
                codec(CopyInResponse.class, copy(CopyInResponse::new), CopyInResponse::decode),
                codec(CopyOutResponse.class, copy(CopyOutResponse::new), CopyOutResponse::decode),
                codec(DataRow.class, Fields.values().map(DataRow::new), DataRow::decode),
                codec(EmptyQueryResponse.class, Gen.constant(new EmptyQueryResponse()), EmptyQueryResponse::decode),
                codec(ErrorResponse.class, Fields.errorFields().map(ErrorResponse::new), ErrorResponse::decode),
                codec(
                        FunctionCallResponse.class,
                        Fields.value().map(FunctionCallResponse::new),
                        FunctionCallResponse::decode),
                codec(NegotiateProtocolVersion.class, negotiateProtocolVersion(), NegotiateProtocolVersion::decode),
                codec(NoData.class, Gen.constant(new NoData()), NoData::decode),
                codec(NoticeResponse.class, Fields.errorFields().map(NoticeResponse::new), NoticeResponse::decode),
                codec(NotificationResponse.class, notificationResponse(), NotificationResponse::decode),
                codec(
                        ParameterDescription.class,
                        Fields.oids().map(ParameterDescription::new),
                        ParameterDescription::decode),
                codec(ParameterStatus.class, parameterStatus(), ParameterStatus::decode),
                codec(ParseComplete.class, Gen.constant(new ParseComplete()), ParseComplete::decode),
                codec(PortalSuspended.class, Gen.constant(new PortalSuspended()), PortalSuspended::decode),
                codec(
                        ReadyForQuery.class,
                        Gen.of(TransactionStatus.class).map(ReadyForQuery::new),
                        ReadyForQuery::decode),
                codec(RowDescription.class, Gen.listOf(6, field()).map(RowDescription::new), RowDescription::decode));
    }

    private static <T extends BackendMessage> Codec<T> codec(
            Class<T> type, Gen<T> gen, Function<MessageReader, ?> decoder) {
        return new Codec<>(type, HEADER_LENGTH, gen, Message::encode, decoder);
    }

    private static Gen<AuthenticationMd5Password> md5Password() {
        return Gen.int32()
                .map(salt -> new AuthenticationMd5Password(ByteString.copyOf(
                        ByteBuffer.allocate(Integer.BYTES).putInt(salt).array())));
    }

    private static <T> Gen<T> copy(BiFunction<Format, List<Format>, T> message) {
        return choices ->
                message.apply(Fields.format().make(choices), Fields.formats().make(choices));
    }

    private static Gen<NegotiateProtocolVersion> negotiateProtocolVersion() {
        return choices -> new NegotiateProtocolVersion(
                ProtocolVersion.of(Gen.int32().make(choices)),
                Gen.listOf(4, Fields.string()).make(choices));
    }

    private static Gen<NotificationResponse> notificationResponse() {
        return choices -> new NotificationResponse(
                Gen.int32().make(choices),
                Fields.string().make(choices),
                Fields.string().make(choices));
    }

    private static Gen<ParameterStatus> parameterStatus() {
        return choices -> new ParameterStatus(
                Fields.string().make(choices), Fields.string().make(choices));
    }

    private static Gen<RowDescription.Field> field() {
        Gen<Integer> int16 = Gen.between(Short.MIN_VALUE, Short.MAX_VALUE);
        return choices -> new RowDescription.Field(
                Fields.string().make(choices),
                Gen.int32().make(choices),
                int16.make(choices),
                Gen.int32().make(choices),
                int16.make(choices),
                Gen.int32().make(choices),
                Fields.format().make(choices));
    }
}
