package dev.pgbraid.proxy.net;

import dev.pgbraid.protocol.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A certificate with its chain, and the key that belongs to it, read from files in PEM.
record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    private static final Pattern KEY_FORM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final ByteString SAMPLE = ByteString.utf8("signed to see whether key and certificate fit");

    TlsIdentity {
        chain = List.copyOf(chain);
    }

    static TlsIdentity read(Path certificateFile, Path keyFile) throws IOException, GeneralSecurityException {
        List<X509Certificate> chain;
        try (InputStream in = Files.newInputStream(certificateFile)) {
            chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
        if (chain.isEmpty()) {
            throw new InvalidKeyException(certificateFile + " holds no certificate");
        }
        PublicKey publicKey = chain.getFirst().getPublicKey();
        Matcher pem = KEY_FORM.matcher(Files.readString(keyFile, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new InvalidKeyException(keyFile + " holds no key in PKCS #8 without a passphrase");
        }
        PrivateKey key = KeyFactory.getInstance(publicKey.getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
        requirePair(publicKey, key, keyFile);
        return new TlsIdentity(chain, key);
    }

    /// Files are replaced one after the other, and a certificate with the key of another fails every handshake.
    private static void requirePair(PublicKey publicKey, PrivateKey key, Path keyFile) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (publicKey.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> publicKey.getAlgorithm();
                });
        signature.initSign(key);
        signature.update(SAMPLE.toByteArray());
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(SAMPLE.toByteArray());
        if (!signature.verify(signed)) {
            throw new InvalidKeyException(keyFile + " does not hold the key of the certificate");
        }
    }

    /// Hides the key.
    @Override
    public String toString() {
        return "TlsIdentity[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
