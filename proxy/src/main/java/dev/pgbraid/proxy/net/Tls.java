package dev.pgbraid.proxy.net;

import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.config.ShardTlsConfig;
import dev.pgbraid.config.TlsConfig;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.auth.ChannelBinding;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// TLS on both sides, made ready when the proxy starts so that a bad certificate is found then.
public final class Tls {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    private static final String ALPN = "postgresql";

    private final @Nullable SslContext forClients;
    private final @Nullable SslContext direct;
    private final TlsConfig.Mode clientMode;
    private final ChannelBinding binding;
    private final Map<ShardTlsConfig, SslContext> towardsShards = new HashMap<>();

    public Tls(ProxyConfig config) {
        clientMode = config.tls().mode();
        switch (config.tls()) {
            case TlsConfig.Disabled _ -> {
                forClients = null;
                direct = null;
                binding = new ChannelBinding.None();
            }
            case TlsConfig.Enabled enabled -> {
                forClients = build("tls", server(enabled));
                direct = build("tls", server(enabled).applicationProtocolConfig(alpn()));
                binding = bindingOf(enabled.certificate());
            }
        }
        config.databases().stream()
                .flatMap(database -> database.shards().stream())
                .filter(shard -> shard.tls().mode() != ShardTlsConfig.Mode.DISABLE)
                .forEach(shard -> towardsShards.computeIfAbsent(
                        shard.tls(), tls -> build("databases." + shard.name() + ".tls", client(tls))));
    }

    public boolean isRequiredOfClients() {
        return clientMode == TlsConfig.Mode.REQUIRE || clientMode == TlsConfig.Mode.VERIFY;
    }

    public boolean isOffered() {
        return forClients != null;
    }

    /// A handler for a client that asked for TLS, if it can have it.
    public Optional<SslHandler> forClient(ByteBufAllocator allocator) {
        return Optional.ofNullable(forClients).map(context -> context.newHandler(allocator));
    }

    /// A handler for a client that begins with TLS at once; the client must name the protocol that it means.
    public Optional<SslHandler> forDirectClient(ByteBufAllocator allocator) {
        return Optional.ofNullable(direct).map(context -> context.newHandler(allocator));
    }

    /// Whether the client has named the protocol, without which it could have been tricked into talking to us.
    public static boolean isForPostgreSql(SslHandler handler) {
        return ALPN.equals(handler.applicationProtocol());
    }

    /// The common name in the verified certificate that the other end of `handler` has shown, if it has one.
    public static Optional<String> commonNameOf(SslHandler handler) {
        try {
            String name = handler.engine().getSession().getPeerPrincipal().getName();
            List<Object> commonNames = new LdapName(name)
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .toList();
            // Of two names nobody knows which one is meant.
            return commonNames.size() == 1 && commonNames.getFirst() instanceof String only
                    ? Optional.of(only)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException | InvalidNameException none) {
            return Optional.empty();
        }
    }

    /// What a client's login over TLS can be bound to.
    public ChannelBinding binding() {
        return binding;
    }

    /// How to talk to a shard, or null for plain text.
    public @Nullable SslContext towards(ShardTlsConfig shard) {
        return towardsShards.get(shard);
    }

    private static SslContextBuilder server(TlsConfig.Enabled enabled) {
        SslContextBuilder builder = SslContextBuilder.forServer(
                        enabled.certificate().toFile(), enabled.key().toFile())
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
                ALPN);
    }

    private static SslContextBuilder client(ShardTlsConfig shard) {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(PROTOCOLS)
                .endpointIdentificationAlgorithm(shard.mode() == ShardTlsConfig.Mode.VERIFY_FULL ? "HTTPS" : "");
        if (shard.mode() == ShardTlsConfig.Mode.REQUIRE) {
            // As in libpq: encrypted, whoever answers.
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else {
            shard.rootCertificate().ifPresent(root -> builder.trustManager(root.toFile()));
        }
        shard.certificate()
                .ifPresent(certificate -> builder.keyManager(
                        certificate.toFile(), shard.key().orElseThrow().toFile()));
        return builder;
    }

    private static SslContext build(String block, SslContextBuilder builder) {
        try {
            return builder.build();
        } catch (SSLException | IllegalArgumentException unusable) {
            throw unusable(block, unusable);
        }
    }

    /// What a login to the server at the other end of `handler` can be bound to.
    public static ChannelBinding bindingTo(SslHandler handler) {
        try {
            return bindingOf(handler.engine().getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException | GeneralSecurityException unusable) {
            return new ChannelBinding.None();
        }
    }

    private static ChannelBinding bindingOf(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return bindingOf(CertificateFactory.getInstance("X.509").generateCertificate(in));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw unusable("tls.certificate", unreadable);
        }
    }

    /// RFC 5929 §4.1: the hash that the certificate is signed with, but at least SHA-256.
    private static ChannelBinding bindingOf(Certificate certificate) throws GeneralSecurityException {
        if (!(certificate instanceof X509Certificate signed)) {
            return new ChannelBinding.None();
        }
        String signature = signed.getSigAlgName().toUpperCase(Locale.ROOT);
        if (!signature.contains("WITH")) {
            return new ChannelBinding.None();
        }
        String hash = signature.startsWith("SHA384") ? "SHA-384" : "SHA-256";
        if (signature.startsWith("SHA512")) {
            hash = "SHA-512";
        }
        byte[] digest = MessageDigest.getInstance(hash).digest(signed.getEncoded());
        return new ChannelBinding.TlsServerEndPoint(ByteString.copyOf(digest));
    }

    private static ProxyException unusable(String key, Exception cause) {
        return new ProxyException(
                ErrorCode.CONFIG_UNUSABLE,
                key + " cannot be used: " + cause.getMessage(),
                "Certificates and keys must be PEM; keys PKCS #8 without a passphrase.");
    }
}
