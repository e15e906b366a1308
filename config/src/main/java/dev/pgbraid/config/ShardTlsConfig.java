package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Scalar;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// TLS towards a shard, with the meaning that libpq gives to the modes.
///
/// `allow` and `prefer` are for servers of which some have TLS and some do not. They keep nobody out: whoever sits in
/// between can say that there is no TLS.
///
/// @param mode `disable`, `allow` (encrypted where the shard refuses logins without), `prefer` (encrypted unless the
///     shard says that it has no TLS; what fails then is not tried again in plain text), `require` (encrypted, whoever
/// answers), `verify-ca` (the certificate must come from the
///     root) or `verify-full` (and be for the shard's host). Reload: new backends.
/// @param rootCertificate the certificates in PEM that the server's must come from; needed to verify.
///     Reload: new backends.
/// @param certificate a client certificate in PEM, with `key`. Reload: new backends.
/// @param key the private key of the client certificate in PEM (PKCS #8, without a passphrase). Reload: new backends.
public record ShardTlsConfig(
        Mode mode, Optional<Path> rootCertificate, Optional<Path> certificate, Optional<Path> key) {
    private static final Key<Mode> MODE = Key.of("mode", Scalar.choice(List.of(Mode.values())), Mode.DISABLE);
    private static final Key<Optional<Path>> ROOT_CERTIFICATE = Key.optional("root-certificate", Scalars.FILE, "none");
    private static final Key<Optional<Path>> CERTIFICATE = Key.optional("certificate", Scalars.FILE, "none");
    private static final Key<Optional<Path>> KEY = Key.optional("key", Scalars.FILE, "none");

    static final Block<ShardTlsConfig> BLOCK = new Block<>(
            ShardTlsConfig.class,
            List.of(MODE, ROOT_CERTIFICATE, CERTIFICATE, KEY),
            values -> new ShardTlsConfig(
                    values.get(MODE), values.get(ROOT_CERTIFICATE), values.get(CERTIFICATE), values.get(KEY)));

    public static final ShardTlsConfig DEFAULT = BLOCK.defaults();

    /// How much of the shard is proved.
    public enum Mode {
        DISABLE,
        ALLOW,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL;

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// Whether whoever answers is believed to be the shard.
        public boolean trustsAnybody() {
            return this == ALLOW || this == PREFER || this == REQUIRE;
        }

        private boolean verifies() {
            return this == VERIFY_CA || this == VERIFY_FULL;
        }
    }

    public ShardTlsConfig {
        new Invariants()
                .require(
                        ROOT_CERTIFICATE,
                        rootCertificate.isPresent() || !mode.verifies(),
                        "is needed to verify the shard's certificate")
                .require(
                        ROOT_CERTIFICATE,
                        rootCertificate.isEmpty() || mode == Mode.DISABLE || mode.verifies(),
                        "is not looked at in mode " + mode.word() + "; write verify-ca or verify-full")
                .require(CERTIFICATE, certificate.isPresent() || key.isEmpty(), "is needed beside key")
                .require(KEY, key.isPresent() || certificate.isEmpty(), "is needed beside certificate")
                .check();
    }
}
