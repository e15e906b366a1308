package dev.pgbraid.proxy.net;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.auth.ChannelBinding;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What both ends of one connection know from its TLS handshake.
public final class TlsPeer {
    static final String PROTOCOL = "postgresql";

    private TlsPeer() {}

    /// Whether the client has named the protocol, without which it could have been tricked into talking to us.
    public static boolean isForPostgreSql(SslHandler handler) {
        return PROTOCOL.equals(handler.applicationProtocol());
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

    /// The version and the cipher of a connection, as PgBouncer shows them; empty without TLS.
    public static String describe(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return "";
        }
        SSLSession session = tls.engine().getSession();
        return session.getProtocol() + "/" + session.getCipherSuite();
    }

    /// What a client's login can be bound to: the certificate that we have shown.
    public static ChannelBinding bindingOfServer(SslHandler handler) {
        return binding(handler.engine().getSession().getLocalCertificates());
    }

    /// What a login to the server at the other end can be bound to: the certificate that it has shown.
    public static ChannelBinding bindingOfClient(SslHandler handler) {
        try {
            return binding(handler.engine().getSession().getPeerCertificates());
        } catch (SSLPeerUnverifiedException none) {
            return new ChannelBinding.None();
        }
    }

    private static ChannelBinding binding(Certificate @Nullable [] chain) {
        try {
            return chain != null && chain[0] instanceof X509Certificate certificate
                    ? binding(certificate)
                    : new ChannelBinding.None();
        } catch (GeneralSecurityException undefined) {
            return new ChannelBinding.None();
        }
    }

    /// RFC 5929 §4.1: the hash that the certificate is signed with, but at least SHA-256.
    private static ChannelBinding binding(X509Certificate certificate) throws GeneralSecurityException {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (!signature.contains("WITH")) {
            return new ChannelBinding.None();
        }
        String hash = signature.startsWith("SHA384") ? "SHA-384" : "SHA-256";
        if (signature.startsWith("SHA512")) {
            hash = "SHA-512";
        }
        byte[] digest = MessageDigest.getInstance(hash).digest(certificate.getEncoded());
        return new ChannelBinding.TlsServerEndPoint(ByteString.copyOf(digest));
    }
}
