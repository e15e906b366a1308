package dev.pgbraid.proxy.shards;

import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.ProxyFixture;
import java.util.List;

/// Makes one database of several.
final class Braid {
    private static final List<String> NAMES = List.of("one", "two", "three", "four");

    private Braid() {}

    /// The configuration of a proxy whose database, by the name of the first, has these as its shards.
    static ProxyFixture.Setup of(Endpoint... shards) {
        ProxyFixture.Setup setup = ProxyFixture.before(shards[0]);
        for (int i = 0; i < shards.length; i++) {
            // Shards are in the order of their keys in the file, which the fixture sorts.
            String shard = "databases." + shards[0].database() + ".shards." + NAMES.get(i);
            setup.set(shard + ".host", shards[i].host());
            setup.set(shard + ".port", shards[i].port());
            setup.set(shard + ".database", shards[i].database());
        }
        return setup;
    }
}
