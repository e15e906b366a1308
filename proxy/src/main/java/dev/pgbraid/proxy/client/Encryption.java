package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.proxy.net.Tls;
import dev.pgbraid.proxy.net.TlsPeer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one connection comes to be encrypted, or not: by TLS at once, or by questions ahead of its StartupMessage.
final class Encryption {
    private static final byte TLS_HANDSHAKE = 0x16;

    private final Tls tls;
    private @Nullable SslHandler handler;
    private boolean direct;
    private boolean tlsAsked;
    private boolean gssAsked;

    Encryption(Tls tls) {
        this.tls = tls;
    }

    /// Begins TLS if that is what the first bytes of the connection are; true if it has taken them.
    boolean begins(ChannelHandlerContext context, ByteBuf first) {
        if (first.getByte(first.readerIndex()) != TLS_HANDSHAKE) {
            return false;
        }
        Optional<SslHandler> added = tls.forDirectClient(context.alloc());
        if (added.isEmpty()) {
            return false;
        }
        tlsAsked = true;
        direct = true;
        add(context, added.get());
        context.pipeline().fireChannelRead(first);
        return true;
    }

    /// The answer to an SSLRequest, after which [#goOn] must be called.
    ///
    /// @param alone whether nothing was sent behind it: that could be slipped in by somebody on the way
    byte answerTls(boolean alone) {
        require(alone, "received unencrypted data after SSL request");
        require(!tlsAsked, "SSLRequest may be sent once");
        tlsAsked = true;
        return (byte) (tls.isOffered() ? 'S' : 'N');
    }

    /// Does what was answered.
    void goOn(ChannelHandlerContext context) {
        tls.forClient(context.alloc()).ifPresent(added -> add(context, added));
    }

    /// The answer to a GSSENCRequest.
    byte answerGss(boolean alone) {
        require(alone, "received unencrypted data after GSSAPI encryption request");
        require(!gssAsked, "GSSENCRequest may be sent once");
        gssAsked = true;
        return 'N';
    }

    /// What encrypts the connection from its StartupMessage on.
    Optional<SslHandler> settled() {
        boolean named = handler != null && TlsPeer.isForPostgreSql(handler);
        require(!direct || named, "direct TLS without the application protocol \"postgresql\"");
        return Optional.ofNullable(handler);
    }

    /// Whether nothing can be sent yet that the client could read.
    boolean isShakingHands() {
        return handler != null && !handler.handshakeFuture().isDone();
    }

    private void add(ChannelHandlerContext context, SslHandler added) {
        handler = added;
        context.pipeline().addFirst(added);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ProtocolViolation(otherwise);
        }
    }
}
