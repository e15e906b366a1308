package dev.pgbraid.config;

import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.Invariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.NamedBlocks;
import java.util.List;

/// The proxies behind one address. A request to cancel comes on a connection of its own, so it may reach another proxy
/// than the statement did.
///
/// @param number which of the proxies this one is; each has another. It is a part of the keys by which clients cancel.
///     Reload: no.
/// @param proxies who they are; this one may be among them. A request to cancel what another does is passed on to it,
///     unencrypted as most clients send them. Reload: new requests.
public record PeersConfig(int number, List<PeerConfig> proxies) {
    /// The greatest number of a proxy.
    public static final int NUMBER_MAX = 127;

    private static final Key<Integer> NUMBER =
            Key.of("number", Scalars.PEER_NUMBER, 0).untilRestart();
    private static final Key<List<PeerConfig>> PROXIES =
            Key.of("proxies", NamedBlocks.of(PeerConfig.NAME, PeerConfig.BLOCK));

    static final Block<PeersConfig> BLOCK = new Block<>(
            PeersConfig.class,
            List.of(NUMBER, PROXIES),
            values -> new PeersConfig(values.get(NUMBER), values.get(PROXIES)));

    public static final PeersConfig DEFAULT = BLOCK.defaults();

    public PeersConfig {
        proxies = List.copyOf(proxies);
        new Invariants()
                .require(NUMBER, number)
                .requireDistinct(
                        PROXIES,
                        proxies.stream()
                                .map(proxy -> "number " + proxy.number())
                                .toList())
                .check();
    }
}
