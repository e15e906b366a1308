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

    private final ProxyConfig config;
    private final AtomicReference<TlsContexts> contexts;
    private ByteString seen;

    public Tls(ProxyConfig config) {
        this.config = config;
        this.seen = fingerprint();
        this.contexts = new AtomicReference<>(TlsContexts.of(config));
    }

    public boolean isRequiredOfClients() {
        TlsConfig.Mode mode = config.tls().mode();
        return mode == TlsConfig.Mode.REQUIRE || mode == TlsConfig.Mode.VERIFY;
    }

    public boolean isOffered() {
        return config.tls().mode() != TlsConfig.Mode.DISABLE;
    }

    /// A handler for a client that asked for TLS, if it can have it.
    public Optional<SslHandler> forClient(ByteBufAllocator allocator) {
        return contexts.get().forClients().map(context -> context.newHandler(allocator));
    }

    /// A handler for a client that begins with TLS at once; the client must name the protocol that it means.
    public Optional<SslHandler> forDirectClient(ByteBufAllocator allocator) {
        return contexts.get().direct().map(context -> context.newHandler(allocator));
    }

    /// How to talk to a shard, or null for plain text.
    public @Nullable SslContext towards(ShardTlsConfig shard) {
        return contexts.get().towardsShards().get(shard);
    }

    /// Reads the files again if they have changed since they were last read. Blocks; for one thread.
    void refresh() {
        ByteString now = fingerprint();
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            contexts.set(TlsContexts.of(config));
            LOGGER.info("certificates have changed and are used for new connections");
        } catch (ProxyException unusable) {
            LOGGER.warn("certificates have changed and are not used: {}", unusable.getMessage());
        }
    }

    /// Whether there are files that could change.
    boolean hasFiles() {
        return !files().isEmpty();
    }

    private List<Path> files() {
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
    private ByteString fingerprint() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files()) {
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
