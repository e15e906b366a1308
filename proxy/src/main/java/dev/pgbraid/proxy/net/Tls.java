package dev.pgbraid.proxy.net;

import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.config.ShardTlsConfig;
import dev.pgbraid.config.TlsConfig;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.proxy.ProxyException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS on both sides, made ready when the proxy starts so that a bad certificate is found then.
///
/// Files that change later are taken for new connections once they can be used.
public final class Tls {
    private static final Logger LOGGER = LoggerFactory.getLogger(Tls.class);

    private final AtomicReference<InForce> inForce;

    /// @param seen what was in the files when they were last looked at
    private record InForce(ProxyConfig config, TlsContexts contexts, ByteString seen) {}

    public Tls(ProxyConfig config) {
        inForce = new AtomicReference<>(read(config));
    }

    /// Takes another configuration for new connections. Blocks.
    ///
    /// @throws ProxyException if its files cannot be used; then nothing has changed
    public void configure(ProxyConfig next) {
        InForce read = read(next);
        inForce.updateAndGet(before -> new InForce(next, read.contexts.withShardsOf(before.contexts), read.seen));
    }

    public boolean isRequiredOfClients() {
        TlsConfig.Mode mode = inForce.get().config.tls().mode();
        return mode == TlsConfig.Mode.REQUIRE || mode == TlsConfig.Mode.VERIFY;
    }

    public boolean isOffered() {
        return inForce.get().config.tls().mode() != TlsConfig.Mode.DISABLE;
    }

    /// A handler for a client that asked for TLS, if it can have it.
    public Optional<SslHandler> forClient(ByteBufAllocator allocator) {
        return inForce.get().contexts.forClients().map(context -> context.newHandler(allocator));
    }

    /// A handler for a client that begins with TLS at once; the client must name the protocol that it means.
    public Optional<SslHandler> forDirectClient(ByteBufAllocator allocator) {
        return inForce.get().contexts.direct().map(context -> context.newHandler(allocator));
    }

    /// How to talk to a shard, or null for plain text.
    public @Nullable SslContext towards(ShardTlsConfig shard) {
        return inForce.get().contexts.towards(shard);
    }

    /// Reads the files again if they have changed since they were last read. Blocks; for one thread.
    void refresh() {
        InForce before = inForce.get();
        ByteString now = fingerprint(before.config);
        if (now.equals(before.seen)) {
            return;
        }
        TlsContexts contexts = before.contexts;
        try {
            contexts = TlsContexts.of(before.config).withShardsOf(contexts);
            LOGGER.info("certificates have changed and are used for new connections");
        } catch (ProxyException unusable) {
            LOGGER.warn("certificates have changed and are not used: {}", unusable.getMessage());
        }
        // Another configuration that was taken meanwhile has read its files itself.
        inForce.compareAndSet(before, new InForce(before.config, contexts, now));
    }

    private static InForce read(ProxyConfig config) {
        ByteString seen = fingerprint(config);
        return new InForce(config, TlsContexts.of(config), seen);
    }

    private static List<Path> files(ProxyConfig config) {
        Stream<Path> ofClients = switch (config.tls()) {
            case TlsConfig.Disabled _ -> Stream.empty();
            case TlsConfig.Enabled enabled ->
                Stream.concat(
                        Stream.of(enabled.certificate(), enabled.key()), enabled.clientRootCertificate().stream());
        };
        Stream<Path> ofShards = config.databases().stream()
                .flatMap(database -> database.shards().stream())
                .flatMap(shard -> Stream.of(
                        shard.tls().rootCertificate(),
                        shard.tls().certificate(),
                        shard.tls().key()))
                .flatMap(Optional::stream);
        return Stream.concat(ofClients, ofShards).distinct().toList();
    }

    /// A file that cannot be read is as good as an empty one: reading it for use says why.
    private static ByteString fingerprint(ProxyConfig config) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files(config)) {
                digest.update(content(file));
                digest.update((byte) 0);
            }
            return ByteString.copyOf(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }
}
