package dev.pgbraid.protocol.auth;

import dev.pgbraid.protocol.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The SASL mechanisms of PostgreSQL's password login.
public enum ScramMechanism {
    SCRAM_SHA_256("SCRAM-SHA-256"),
    /// With channel binding.
    SCRAM_SHA_256_PLUS("SCRAM-SHA-256-PLUS");

    private final String wireName;

    ScramMechanism(String wireName) {
        this.wireName = wireName;
    }

    public ByteString wireName() {
        return ByteString.utf8(wireName);
    }

    public static Optional<ScramMechanism> of(ByteString wireName) {
        return Arrays.stream(values())
                .filter(mechanism -> mechanism.wireName().equals(wireName))
                .findFirst();
    }

    /// What a server lists, best first.
    public static List<ByteString> offer(ChannelBinding binding) {
        return switch (binding) {
            case ChannelBinding.None _ -> List.of(SCRAM_SHA_256.wireName());
            case ChannelBinding.TlsServerEndPoint _ -> List.of(SCRAM_SHA_256_PLUS.wireName(), SCRAM_SHA_256.wireName());
        };
    }

    /// What a client takes from a server's list: the best that it can, or nothing.
    public static Optional<ScramMechanism> choose(List<ByteString> offered, ChannelBinding binding) {
        return offer(binding).stream().filter(offered::contains).findFirst().flatMap(ScramMechanism::of);
    }
}
