package dev.pgbraid.proxy.testing;

import dev.pgbraid.proxy.postgres.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// An authority that signs certificates for tests, by the JDK's `keytool`.
public final class Authority {
    private static final String PASSWORD = "changeit";
    private static final String ROOT = "root";

    private final Path directory;
    private final Path store;
    private final Path certificate;

    /// A certificate with its chain, and its key, both in PEM.
    public record Identity(String name, Path certificate, Path key) {}

    /// @param directory where all files go
    public Authority(Path directory, String name) {
        this.directory = directory;
        this.store = directory.resolve(name + ".p12");
        generate(ROOT, name, "-ext", "bc:critical=ca:true");
        this.certificate = write(name + ".crt", pem("CERTIFICATE", chainOf(ROOT)));
    }

    /// The authority's own certificate in PEM.
    public Path certificate() {
        return certificate;
    }

    /// Signs a certificate.
    ///
    /// @param names what it is for, each such as `dns:localhost` or `ip:127.0.0.1`
    public Identity issue(String commonName, String... names) {
        List<String> options = new ArrayList<>(List.of("-signer", ROOT, "-signerkeypass", PASSWORD));
        if (names.length > 0) {
            options.addAll(List.of("-ext", "san=" + String.join(",", names)));
        }
        String alias = commonName + "-" + Integer.toHexString(Arrays.hashCode(names));
        generate(alias, commonName, options.toArray(String[]::new));
        Path key = write(alias + ".key", pem("PRIVATE KEY", List.of(keyOf(alias))));
        return new Identity(alias, write(alias + ".crt", pem("CERTIFICATE", chainOf(alias))), key);
    }

    /// TLS of a client that trusts this authority and shows no certificate.
    public SSLContext context() {
        return context(new KeyManager[0]);
    }

    /// TLS of somebody who trusts this authority and shows `own` certificate, which it has signed.
    public SSLContext context(Identity own) {
        return contextOf(this, own);
    }

    /// TLS of somebody who trusts this authority and shows `own` certificate, which `signer` has signed.
    public SSLContext contextOf(Authority signer, Identity own) {
        try {
            KeyStore single = KeyStore.getInstance("PKCS12");
            single.load(null, null);
            KeyStore all = signer.load();
            char[] password = PASSWORD.toCharArray();
            single.setKeyEntry(
                    own.name(), all.getKey(own.name(), password), password, all.getCertificateChain(own.name()));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(single, password);
            return context(keys.getKeyManagers());
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Makes a server that has not started yet offer TLS, and take client certificates of this authority.
    public void equip(PostgresServer server, Identity identity) {
        server.set("ssl", "on");
        server.set("ssl_cert_file", copy(identity.certificate(), server, "server.crt"));
        server.set("ssl_key_file", copy(identity.key(), server, "server.key"));
        server.set("ssl_ca_file", copy(certificate, server, "root.crt"));
    }

    private static String copy(Path file, PostgresServer server, String name) {
        Path copy = server.directory().resolve(name);
        try {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
        return copy.toString();
    }

    private SSLContext context(KeyManager[] keys) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ROOT, load().getCertificate(ROOT));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void generate(String alias, String commonName, String... options) {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", alias, "-keyalg", "EC"));
        command.addAll(List.of("-groupname", "secp256r1", "-sigalg", "SHA256withECDSA", "-validity", "3650"));
        command.addAll(List.of("-dname", "CN=" + commonName, "-keystore", store.toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of(options));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD.toCharArray());
        }
        return loaded;
    }

    private List<byte[]> chainOf(String alias) {
        try {
            List<byte[]> chain = new ArrayList<>();
            for (Certificate each : load().getCertificateChain(alias)) {
                chain.add(each.getEncoded());
            }
            return chain;
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private byte[] keyOf(String alias) {
        try {
            return load().getKey(alias, PASSWORD.toCharArray()).getEncoded();
        } catch (GeneralSecurityException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Path write(String name, String content) {
        try {
            return Files.writeString(directory.resolve(name), content);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String pem(String type, List<byte[]> blocks) {
        StringBuilder pem = new StringBuilder();
        for (byte[] block : blocks) {
            pem.append("-----BEGIN ").append(type).append("-----\n");
            pem.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(block));
            pem.append("\n-----END ").append(type).append("-----\n");
        }
        return pem.toString();
    }
}
