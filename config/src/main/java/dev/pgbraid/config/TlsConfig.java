package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Scalar;
import dev.pgbraid.config.key.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// TLS towards clients.
public sealed interface TlsConfig {
    TlsConfig DEFAULT = new Disabled();

    Mode mode();

    /// Whether clients may, must or cannot use TLS.
    enum Mode {
        DISABLE,
        ALLOW,
        REQUIRE,
        VERIFY
    }

    /// Every connection is in plain text.
    record Disabled() implements TlsConfig {
        @Override
        public Mode mode() {
            return Mode.DISABLE;
        }
    }

    /// TLS is offered.
    ///
    /// @param mode `disable` refuses TLS, `allow` leaves it to the client, `require` refuses connections
    ///     without it, and `verify` also those without a certificate. Reload: new connections.
    /// @param certificate the certificate chain in PEM, the proxy's own first; needed unless disabled.
    ///     Reload: new connections.
    /// @param key the private key of the certificate in PEM (PKCS #8, no passphrase); needed unless disabled.
    ///     Reload: new connections.
    /// @param clientRootCertificate the certificates in PEM that those of clients must come from;
    ///     with it clients are asked for one, as mode `verify` and rules with method `cert` need it.
    ///     Reload: new connections.
    record Enabled(Mode mode, Path certificate, Path key, Optional<Path> clientRootCertificate) implements TlsConfig {
        private static final Key<Mode> MODE = Key.of("mode", Scalar.choice(List.of(Mode.values())), Mode.DISABLE);
        private static final Key<Optional<Path>> CERTIFICATE = Key.optional("certificate", Scalars.FILE, "none");
        private static final Key<Optional<Path>> KEY = Key.optional("key", Scalars.FILE, "none");
        private static final Key<Optional<Path>> CLIENT_ROOT_CERTIFICATE =
                Key.optional("client-root-certificate", Scalars.FILE, "none");

        static final Block<TlsConfig> BLOCK = new Block<>(
                Enabled.class, List.of(MODE, CERTIFICATE, KEY, CLIENT_ROOT_CERTIFICATE), Enabled::orDisabled);

        public Enabled {
            new Invariants()
                    .require(MODE, mode != Mode.DISABLE, "must be allow, require or verify where TLS is enabled")
                    .require(
                            CLIENT_ROOT_CERTIFICATE,
                            mode != Mode.VERIFY || clientRootCertificate.isPresent(),
                            "is needed to verify the certificates of clients")
                    .check();
        }

        private static TlsConfig orDisabled(Values values) {
            Mode mode = values.get(MODE);
            if (mode == Mode.DISABLE) {
                return DEFAULT;
            }
            Optional<Path> certificate = values.get(CERTIFICATE);
            Optional<Path> key = values.get(KEY);
            new Invariants()
                    .require(CERTIFICATE, certificate.isPresent(), "is needed unless the mode is disable")
                    .require(KEY, key.isPresent(), "is needed unless the mode is disable")
                    .check();
            return new Enabled(mode, certificate.orElseThrow(), key.orElseThrow(), values.get(CLIENT_ROOT_CERTIFICATE));
        }
    }
}
