package dev.pgbraid.proxy.shards;

import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.util.ArrayList;
import java.util.List;

/// A database on several shards, each a database of the test server.
public final class Braid {
    static final List<String> NAMES = List.of("one", "two", "three", "four");

    private final List<Endpoint> shards;
    private final ProxyFixture.Setup setup;

    private Braid(List<Endpoint> shards) {
        this.shards = List.copyOf(shards);
        this.setup = of(shards.toArray(Endpoint[]::new));
    }

    /// The configuration of a proxy whose database, by the name of the first, has these as its shards.
    static ProxyFixture.Setup of(Endpoint... shards) {
        ProxyFixture.Setup setup = ProxyFixture.before(shards[0]);
        for (int i = 0; i < shards.length; i++) {
            // The fixture writes keys in order, the proxy takes shards in the order of the file.
            String shard = "databases." + shards[0].database() + ".shards." + NAMES.get(i);
            setup.set(shard + ".host", shards[i].host());
            setup.set(shard + ".port", shards[i].port());
            setup.set(shard + ".database", shards[i].database());
        }
        return setup;
    }

    /// A database on four shards. In the file, and so for the proxy, they are in alphabetical order: four, one, three,
    /// two.
    public static Braid ofFour() {
        List<Endpoint> shards = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            shards.add(PostgresCluster.shared().freshDatabase());
        }
        Braid braid = new Braid(shards);
        braid.set("control.user", shards.getFirst().user());
        braid.set("control.password", shards.getFirst().password());
        return braid;
    }

    /// Sets what the file says of the database.
    Braid set(String key, Object value) {
        setup.set("databases." + shards.getFirst().database() + "." + key, value);
        return this;
    }

    public Braid sharded(String table, String key) {
        return set("tables." + table + ".key", "[" + key + "]");
    }

    Braid colocated(String table, String key, String with) {
        return set("tables." + table + ".kind", "colocated")
                .set("tables." + table + ".key", "[" + key + "]")
                .set("tables." + table + ".colocated-with", with);
    }

    Braid reference(String table) {
        return set("tables." + table + ".kind", "reference");
    }

    public ProxyFixture.Setup setup() {
        return setup;
    }

    ProxyFixture start() {
        return setup.start();
    }

    /// The shard of that name.
    Endpoint shard(String name) {
        return shards.get(NAMES.indexOf(name));
    }

    /// A client of the shard of that name, beside the proxy.
    WireClient login(String shard) {
        return WireClient.login(shard(shard));
    }

    /// One column of what a query gives on the shard of that name.
    List<String> on(String shard, String sql) {
        try (WireClient client = login(shard)) {
            return client.column(sql);
        }
    }

    /// One column of what a query gives on all shards.
    List<String> onAll(String sql) {
        return NAMES.stream().flatMap(shard -> on(shard, sql).stream()).toList();
    }
}
