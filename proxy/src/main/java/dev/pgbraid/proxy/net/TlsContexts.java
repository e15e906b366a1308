package dev.pgbraid.proxy.net;

import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.config.ShardConfig;
import dev.pgbraid.config.ShardTlsConfig;
import dev.pgbraid.config.TlsConfig;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the certificate files held when they were read, made ready for connections.
///
/// @param forClients for clients that ask for TLS
/// @param direct for clients that begin with it
record TlsContexts(
        Optional<SslContext> forClients, Optional<SslContext> direct, Map<ShardTlsConfig, SslContext> towardsShards) {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    TlsContexts {
        towardsShards = Map.copyOf(towardsShards);
    }

    /// Reads the files.
    ///
    /// @throws ProxyException that names the block whose files cannot be used
    static TlsContexts of(ProxyConfig config) {
        Map<ShardTlsConfig, SslContext> towardsShards = new HashMap<>();
        config.databases().stream()
                .flatMap(database -> database.shards().stream())
                .filter(shard -> shard.tls().mode() != ShardTlsConfig.Mode.DISABLE)
                .forEach(shard -> towardsShards.computeIfAbsent(shard.tls(), _ -> towards(shard)));
        return switch (config.tls()) {
            case TlsConfig.Disabled _ -> new TlsContexts(Optional.empty(), Optional.empty(), towardsShards);
            case TlsConfig.Enabled enabled ->
                new TlsContexts(
                        Optional.of(build("tls", () -> server(enabled).build())),
                        Optional.of(build(
                                "tls",
                                () -> server(enabled)
                                        .applicationProtocolConfig(alpn())
                                        .build())),
                        towardsShards);
        };
    }

    /// How to talk to a shard, or null for plain text.
    @Nullable
    SslContext towards(ShardTlsConfig shard) {
        SslContext context = towardsShards.get(shard);
        if (context == null && shard.mode() != ShardTlsConfig.Mode.DISABLE) {
            throw new IllegalStateException("TLS towards a shard that was never declared");
        }
        return context;
    }

    /// With those of shards that are not declared any more: what their last backends do can yet be cancelled.
    TlsContexts withShardsOf(TlsContexts earlier) {
        Map<ShardTlsConfig, SslContext> all = new HashMap<>(earlier.towardsShards);
        all.putAll(towardsShards);
        return new TlsContexts(forClients, direct, all);
    }

    private interface Building {
        SslContext build() throws IOException, GeneralSecurityException;
    }

    private static SslContext build(String block, Building building) {
        try {
            return building.build();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            throw new ProxyException(
                    ErrorCode.CONFIG_UNUSABLE,
                    block + " cannot be used: " + unusable.getMessage(),
                    "Certificates and keys must be PEM; keys PKCS #8 without a passphrase.");
        }
    }

    private static SslContextBuilder server(TlsConfig.Enabled enabled) throws IOException, GeneralSecurityException {
        TlsIdentity identity = TlsIdentity.read(enabled.certificate(), enabled.key());
        SslContextBuilder builder = SslContextBuilder.forServer(identity.key(), identity.chain())
                .sslProvider(SslProvider.JDK)
                .protocols(PROTOCOLS);
        enabled.clientRootCertificate()
                .ifPresent(root -> builder.trustManager(root.toFile())
                        .clientAuth(
                                enabled.mode() == TlsConfig.Mode.VERIFY ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL));
        return builder;
    }

    private static ApplicationProtocolConfig alpn() {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.FATAL_ALERT,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.FATAL_ALERT,
                TlsPeer.PROTOCOL);
    }

    private static SslContext towards(ShardConfig shard) {
        return build(
                "databases." + shard.name() + ".tls", () -> client(shard.tls()).build());
    }

    private static SslContextBuilder client(ShardTlsConfig tls) throws IOException, GeneralSecurityException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(PROTOCOLS)
                .endpointIdentificationAlgorithm(tls.mode() == ShardTlsConfig.Mode.VERIFY_FULL ? "HTTPS" : "");
        if (tls.mode().trustsAnybody()) {
            // As in libpq: encrypted, whoever answers.
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else {
            tls.rootCertificate().ifPresent(root -> builder.trustManager(root.toFile()));
        }
        Optional<Path> certificate = tls.certificate();
        if (certificate.isPresent()) {
            TlsIdentity identity = TlsIdentity.read(certificate.get(), tls.key().orElseThrow());
            builder.keyManager(identity.key(), identity.chain());
        }
        return builder;
    }
}
