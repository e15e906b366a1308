package dev.pgbraid.proxy.backend;

import dev.pgbraid.config.Secret;
import dev.pgbraid.config.ShardTlsConfig;
import dev.pgbraid.config.UserConfig;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.FrameDecoder;
import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.auth.ChannelBinding;
import dev.pgbraid.protocol.auth.Md5;
import dev.pgbraid.protocol.auth.ScramClient;
import dev.pgbraid.protocol.auth.ScramCredential;
import dev.pgbraid.protocol.auth.ScramKeys;
import dev.pgbraid.protocol.auth.ScramMechanism;
import dev.pgbraid.protocol.auth.ScramNonce;
import dev.pgbraid.protocol.backend.AuthenticationCleartextPassword;
import dev.pgbraid.protocol.backend.AuthenticationMd5Password;
import dev.pgbraid.protocol.backend.AuthenticationOk;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.protocol.backend.AuthenticationSaslContinue;
import dev.pgbraid.protocol.backend.AuthenticationSaslFinal;
import dev.pgbraid.protocol.backend.BackendKeyData;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.NegotiateProtocolVersion;
import dev.pgbraid.protocol.backend.NoticeResponse;
import dev.pgbraid.protocol.backend.ParameterStatus;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.frontend.PasswordMessage;
import dev.pgbraid.protocol.frontend.SaslInitialResponse;
import dev.pgbraid.protocol.frontend.SaslResponse;
import dev.pgbraid.protocol.startup.SslRequest;
import dev.pgbraid.protocol.startup.StartupMessage;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.net.TlsPeer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Logs a new connection in to a shard, then makes way for what uses it.
///
/// It ends in one of two ways, once: [Listener#loggedIn], or [Listener#failed] and the channel closed.
final class BackendLoginHandler extends ChannelInboundHandlerAdapter {
    /// The class of the SQLSTATEs of a server that starts, stops or loses the database meanwhile.
    private static final String OPERATOR_INTERVENTION = "57";

    private static final int BODY_BYTES_MAX = 1024 * 1024;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// What the server told about itself.
    record Result(CancelKey key, SequencedMap<String, String> parameters) {}

    interface Listener {
        void loggedIn(Result result);

        void failed(ProxyException reason);
    }

    private final ShardLogin target;
    private final Map<String, String> startup;
    private final @Nullable SslContext tls;
    private final ScramKeyCache scramKeys;
    private final Listener listener;
    private final FrameDecoder decoder = FrameDecoder.ofServer(BODY_BYTES_MAX);
    private final SequencedMap<String, String> parameters = new LinkedHashMap<>();
    private @Nullable ScramClient scram;
    private @Nullable CancelKey key;
    private boolean verified;
    private boolean awaitsTlsAnswer;
    private boolean hashing;
    private boolean authenticated;
    private boolean done;

    /// @param startup what the StartupMessage says beside who logs in where
    BackendLoginHandler(
            ShardLogin target,
            Map<String, String> startup,
            @Nullable SslContext tls,
            ScramKeyCache scramKeys,
            Listener listener) {
        this.target = target;
        this.startup = Map.copyOf(startup);
        this.tls = tls;
        this.scramKeys = scramKeys;
        this.listener = listener;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (tls == null) {
            sendStartup(context);
        } else {
            awaitsTlsAnswer = true;
            ByteBuf out = context.alloc().buffer();
            new SslRequest().encode(out);
            context.writeAndFlush(out);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (done) {
            bytes.release();
        } else if (awaitsTlsAnswer) {
            tlsAnswered(context, bytes);
        } else {
            decoder.feed(bytes);
            handleFrames(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, unreachable("the server closed the connection during the login"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, unreachable(String.valueOf(cause.getMessage())));
    }

    /// Ends the attempt.
    void fail(ChannelHandlerContext context, ProxyException reason) {
        if (done) {
            return;
        }
        done = true;
        decoder.close();
        context.close();
        listener.failed(reason);
    }

    private void tlsAnswered(ChannelHandlerContext context, ByteBuf bytes) {
        byte answer = bytes.readByte();
        boolean more = bytes.isReadable();
        bytes.release();
        awaitsTlsAnswer = false;
        if (more) {
            throw new ProtocolViolation("unencrypted bytes after the answer to SSLRequest");
        }
        if (answer == 'N' && target.tls().mode() == ShardTlsConfig.Mode.PREFER) {
            sendStartup(context);
            return;
        }
        if (answer != 'S' || tls == null) {
            fail(context, unreachable("the server does not offer TLS, which tls.mode asks for"));
            return;
        }
        SslHandler handler = tls.newHandler(context.alloc(), target.host(), target.port());
        context.pipeline().addFirst(handler);
        handler.handshakeFuture().addListener(handshake -> {
            if (handshake.isSuccess()) {
                sendStartup(context);
            } else {
                fail(context, unreachable("TLS: " + handshake.cause().getMessage()));
            }
        });
    }

    private void sendStartup(ChannelHandlerContext context) {
        SequencedMap<ByteString, ByteString> all = new LinkedHashMap<>();
        all.put(ByteString.utf8("user"), ByteString.utf8(target.user()));
        all.put(ByteString.utf8("database"), ByteString.utf8(target.database()));
        startup.forEach((name, value) -> all.put(ByteString.utf8(name), ByteString.utf8(value)));
        ByteBuf out = context.alloc().buffer();
        new StartupMessage(ProtocolVersion.V3_0, all).encode(out);
        context.writeAndFlush(out);
    }

    private void handleFrames(ChannelHandlerContext context) {
        while (!done && decoder.hasNext()) {
            try (Frame frame = decoder.next()) {
                handle(context, BackendMessage.decode(frame.tag(), frame.body("message of the login")));
            }
        }
    }

    private void handle(ChannelHandlerContext context, BackendMessage message) {
        if (hashing && !(message instanceof ErrorResponse || message instanceof NoticeResponse)) {
            throw new ProtocolViolation(message.getClass().getSimpleName() + " before the answer to the challenge");
        }
        switch (message) {
            case AuthenticationOk _ -> authenticated = true;
            case AuthenticationSasl sasl -> beginScram(context, sasl);
            case AuthenticationSaslContinue(ByteString data) -> challenged(context, scram(), data);
            case AuthenticationSaslFinal(ByteString data) -> {
                scram().verify(data);
                verified = true;
            }
            case AuthenticationCleartextPassword _ -> sendPassword(context, password());
            case AuthenticationMd5Password(ByteString salt) -> sendPassword(context, Md5.response(md5Secret(), salt));
            case ParameterStatus(ByteString name, ByteString value) ->
                parameters.put(name.toString(), value.toString());
            case BackendKeyData(CancelKey given) -> key = given;
            case NoticeResponse _, NegotiateProtocolVersion _ -> {}
            case ErrorResponse(ErrorFields fields) -> fail(context, refused(fields));
            case ReadyForQuery _ -> ready(context);
            default -> throw new ProtocolViolation(message.getClass().getSimpleName() + " during the login");
        }
    }

    private void beginScram(ChannelHandlerContext context, AuthenticationSasl sasl) {
        if (scram != null) {
            throw new ProtocolViolation("the server begins SCRAM twice");
        }
        SslHandler handler = context.pipeline().get(SslHandler.class);
        ChannelBinding binding = handler == null ? new ChannelBinding.None() : TlsPeer.bindingOfClient(handler);
        ScramMechanism mechanism = ScramMechanism.choose(sasl.mechanisms(), binding)
                .orElseThrow(
                        () -> new ProtocolViolation("the server offers no SCRAM-SHA-256 but " + sasl.mechanisms()));
        ScramClient client = new ScramClient(mechanism, binding, scramCredential(), ScramNonce.random(RANDOM));
        scram = client;
        send(context, new SaslInitialResponse(mechanism.wireName(), WireValue.of(client.clientFirst())));
    }

    /// Answers a challenge, which can take hashing for milliseconds, off the event loop.
    private void challenged(ChannelHandlerContext context, ScramClient client, ByteString challenge) {
        hashing = true;
        Thread.ofVirtual().name("scram-" + target.shard()).start(() -> {
            try {
                SaslResponse response = new SaslResponse(client.clientFinal(challenge));
                context.executor().execute(() -> answer(context, response));
            } catch (RuntimeException refused) {
                context.executor().execute(() -> exceptionCaught(context, refused));
            }
        });
    }

    private void answer(ChannelHandlerContext context, SaslResponse response) {
        hashing = false;
        if (!done) {
            send(context, response);
        }
    }

    private ScramCredential scramCredential() {
        return switch (target.credential()) {
            case ShardCredential.Password(Secret password) -> {
                ByteString bytes = ByteString.utf8(password.reveal());
                yield (salt, iterations) -> scramKeys.keys(bytes, salt, iterations);
            }
            case ShardCredential.PassedThrough(ScramKeys keys) -> keys;
        };
    }

    private ByteString password() {
        return switch (target.credential()) {
            case ShardCredential.Password(Secret password) -> ByteString.utf8(password.reveal());
            case ShardCredential.PassedThrough _ ->
                throw new ProtocolViolation("the server asks for a password, and the client has proved it by SCRAM");
        };
    }

    private ByteString md5Secret() {
        return target.credential() instanceof ShardCredential.Password(Secret hash) && UserConfig.isMd5(hash)
                ? ByteString.utf8(hash.reveal())
                : Md5.secret(ByteString.utf8(target.user()), password());
    }

    private ScramClient scram() {
        if (scram == null) {
            throw new ProtocolViolation("a step of SCRAM that was not begun");
        }
        return scram;
    }

    private void sendPassword(ChannelHandlerContext context, ByteString password) {
        if (context.pipeline().get(SslHandler.class) == null) {
            // What an impostor could ask for; TLS keeps it between us and the server.
            throw new ProtocolViolation("the server asks for a password without SCRAM and without TLS");
        }
        send(context, new PasswordMessage(password));
    }

    private void ready(ChannelHandlerContext context) {
        if (!authenticated || key == null || (scram != null && !verified)) {
            throw new ProtocolViolation("ReadyForQuery before the login was complete");
        }
        done = true;
        boolean clean = decoder.isEmpty();
        decoder.close();
        if (!clean) {
            context.close();
            listener.failed(unreachable("the server sent more than was asked for"));
            return;
        }
        listener.loggedIn(new Result(key, parameters));
    }

    private static void send(ChannelHandlerContext context, Message message) {
        ByteBuf out = context.alloc().buffer();
        message.encode(out);
        context.writeAndFlush(out);
    }

    private ProxyException unreachable(String how) {
        return new ProxyException(
                ErrorCode.SHARD_UNREACHABLE,
                target.shard() + ": " + how,
                "Nothing was sent to the shard; repeating is safe.");
    }

    private ProxyException refused(ErrorFields fields) {
        Map<Byte, ByteString> all = fields.fields();
        String code = String.valueOf(all.get(ErrorFields.CODE));
        String how = "the server refuses the login: " + all.get(ErrorFields.MESSAGE) + " (" + code + ")";
        if (code.startsWith(OPERATOR_INTERVENTION)) {
            return unreachable(how);
        }
        return new ProxyException(ErrorCode.SHARD_REFUSES_LOGIN, target.shard() + ": " + how, hint(code));
    }

    private String hint(String code) {
        if (code.equals(SqlState.TOO_MANY_CONNECTIONS.code())) {
            return "Let pools.size-max times the proxies stay below the server's max_connections.";
        }
        return switch (target.credential()) {
            case ShardCredential.Password _ ->
                "Check the user, the password and the database that the configuration gives for the shard.";
            case ShardCredential.PassedThrough _ ->
                "The shard must keep the same SCRAM verifier for the user as the configuration.";
        };
    }
}
