package dev.pgbraid.protocol.testing;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Close;
import dev.pgbraid.protocol.frontend.CopyData;
import dev.pgbraid.protocol.frontend.CopyDone;
import dev.pgbraid.protocol.frontend.CopyFail;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Flush;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.FunctionCall;
import dev.pgbraid.protocol.frontend.GssResponse;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.PasswordMessage;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.SaslInitialResponse;
import dev.pgbraid.protocol.frontend.SaslResponse;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import dev.pgbraid.protocol.frontend.Terminate;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Every message of a client.
public final class FrontendMessages {
    private static final int HEADER_LENGTH = 5;

    private FrontendMessages() {}

    public static List<Codec<? extends FrontendMessage>> all() {
        return List.of(
                codec(Bind.class, bind(), Bind::decode),
                codec(Close.class, named(Close::new), Close::decode),
                codec(CopyData.class, Fields.bytes().map(CopyData::new), CopyData::decode),
                codec(CopyDone.class, Gen.constant(new CopyDone()), CopyDone::decode),
                codec(CopyFail.class, Fields.string().map(CopyFail::new), CopyFail::decode),
                codec(Describe.class, named(Describe::new), Describe::decode),
                codec(Execute.class, execute(), Execute::decode),
                codec(Flush.class, Gen.constant(new Flush()), Flush::decode),
                codec(FunctionCall.class, functionCall(), FunctionCall::decode),
                codec(GssResponse.class, Fields.bytes().map(GssResponse::new), GssResponse::decode),
                codec(Parse.class, parse(), Parse::decode),
                codec(PasswordMessage.class, Fields.string().map(PasswordMessage::new), PasswordMessage::decode),
                codec(Query.class, Fields.string().map(Query::new), Query::decode),
                codec(SaslInitialResponse.class, saslInitialResponse(), SaslInitialResponse::decode),
                codec(SaslResponse.class, Fields.bytes().map(SaslResponse::new), SaslResponse::decode),
                codec(Sync.class, Gen.constant(new Sync()), Sync::decode),
                codec(Terminate.class, Gen.constant(new Terminate()), Terminate::decode));
    }

    private static <T extends FrontendMessage> Codec<T> codec(
            Class<T> type, Gen<T> gen, Function<MessageReader, T> decoder) {
        return new Codec<>(type, HEADER_LENGTH, gen, Message::encode, decoder);
    }

    private static Gen<Bind> bind() {
        return choices -> {
            List<WireValue> parameters = Fields.values().make(choices);
            return new Bind(
                    Fields.string().make(choices),
                    Fields.string().make(choices),
                    Fields.formatsFor(parameters).make(choices),
                    parameters,
                    Fields.formats().make(choices));
        };
    }

    private static <T> Gen<T> named(BiFunction<Target, ByteString, T> message) {
        return choices -> message.apply(
                Gen.of(Target.class).make(choices), Fields.string().make(choices));
    }

    private static Gen<Execute> execute() {
        return choices -> new Execute(Fields.string().make(choices), Gen.int32().make(choices));
    }

    private static Gen<FunctionCall> functionCall() {
        return choices -> {
            List<WireValue> arguments = Fields.values().make(choices);
            return new FunctionCall(
                    Gen.int32().make(choices),
                    Fields.formatsFor(arguments).make(choices),
                    arguments,
                    Fields.format().make(choices));
        };
    }

    private static Gen<Parse> parse() {
        return choices -> new Parse(
                Fields.string().make(choices),
                Fields.string().make(choices),
                Fields.oids().make(choices));
    }

    private static Gen<SaslInitialResponse> saslInitialResponse() {
        return choices -> new SaslInitialResponse(
                Fields.string().make(choices), Fields.value().make(choices));
    }
}
