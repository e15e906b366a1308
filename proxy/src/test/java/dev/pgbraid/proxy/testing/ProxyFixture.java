package dev.pgbraid.proxy.testing;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.CommandComplete;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.proxy.ProxyServer;
import io.netty.util.LeakPresenceDetector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A proxy for one test. Closing it closes the clients that it made and fails if anything is left: a client, a backend
/// that is lent to nobody, an open file, a buffer.
///
/// By default it has two event loops and a pool of four, for a single shard `one`.
public final class ProxyFixture implements AutoCloseable {
    /// What clients log in with.
    public static final String PASSWORD = "the client's password";

    private final ProxyServer server;
    private Endpoint endpoint;
    private int poolSize;
    private final boolean checksPool;
    private final boolean isLast;
    private final NavigableMap<String, String> openFilesBefore;
    private final ConcurrentLinkedQueue<WireClient> clients = new ConcurrentLinkedQueue<>();

    private ProxyFixture(ProxyConfig config, Setup setup) {
        this.openFilesBefore = OpenFiles.list();
        this.server = ProxyServer.start(config);
        this.endpoint = endpointFor(setup.shard);
        this.poolSize = config.pools().sizeMax();
        this.checksPool = setup.checksPool;
        this.isLast = setup.isLast;
    }

    /// A proxy in front of `shard` with the default configuration.
    public static ProxyFixture startBefore(Endpoint shard) {
        return before(shard).start();
    }

    public static Setup before(Endpoint shard) {
        return new Setup(shard);
    }

    /// Where and as whom clients connect.
    public Endpoint endpoint() {
        return endpoint;
    }

    public ProxyServer server() {
        return server;
    }

    /// Puts another configuration in force, which may be for another shard.
    public void reload(Setup next) {
        ProxyConfig config = next.config();
        server.reload(config);
        endpoint = endpointFor(next.shard);
        poolSize = config.pools().sizeMax();
    }

    private Endpoint endpointFor(Endpoint shard) {
        return new Endpoint("127.0.0.1", server.port(), shard.user(), PASSWORD, shard.database());
    }

    /// A client that is connected and nothing more.
    public WireClient connect() {
        return adopt(WireClient.connect(endpoint));
    }

    public WireClient login() {
        return login(Map.of());
    }

    public WireClient login(Map<String, String> settings) {
        return adopt(WireClient.login(endpoint, settings));
    }

    /// Closes `client` together with the proxy.
    public WireClient adopt(WireClient client) {
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        try (server) {
            clients.forEach(WireClient::close);
            awaitRest();
        }
        if (isLast) {
            Eventually.isTrue(
                    "all open files are closed",
                    () -> OpenFiles.list().size() <= openFilesBefore.size(),
                    () -> OpenFiles.news(openFilesBefore));
            LeakPresenceDetector.check();
        }
    }

    /// Fails if a client is left, or a backend that is lent to nobody.
    public void awaitRest() {
        Eventually.isTrue("all clients are gone", () -> server.clients() == 0);
        if (checksPool) {
            Eventually.isTrue("no backend is lent any more", this::isPoolWhole);
            Eventually.isTrue("all clients are gone", () -> server.clients() == 0);
        }
    }

    /// Whether as many transactions as the pool has places can be open at once.
    private boolean isPoolWhole() {
        List<WireClient> holders = new ArrayList<>();
        try {
            for (int i = 0; i < poolSize; i++) {
                holders.add(WireClient.login(endpoint));
                holders.getLast().send(new Query(ByteString.utf8("BEGIN")));
            }
            return holders.stream().allMatch(holder -> hasBegun(holder.readUntilReady()));
        } finally {
            holders.forEach(WireClient::close);
        }
    }

    private static boolean hasBegun(List<BackendMessage> answer) {
        return answer.getFirst() instanceof CommandComplete;
    }

    /// A configuration in the making, by the keys of the reference.
    public static final class Setup {
        private final Endpoint shard;
        private final SortedMap<String, String> values = new TreeMap<>();
        private boolean checksPool = true;
        private boolean isLast = true;

        private Setup(Endpoint shard) {
            this.shard = shard;
            set("listen.port", 0);
            set("listen.threads", 2);
            set("pools.size-max", 4);
            String user = "auth.users." + shard.user();
            set(user + ".password", PASSWORD);
            set(user + ".shard-password", shard.password());
            setShard("host", shard.host());
            setShard("port", shard.port());
        }

        /// Sets what the file says.
        ///
        /// @param key such as `pools.size-max`
        public Setup set(String key, Object value) {
            values.put(key, value.toString());
            return this;
        }

        /// Leaves out what the file would say.
        public Setup without(String key) {
            values.remove(key);
            return this;
        }

        /// Sets what the file says of the shard.
        ///
        /// @param key one of the shard's, such as `tls.mode`
        public Setup setShard(String key, Object value) {
            return set("databases." + shard.database() + ".shards.one." + key, value);
        }

        /// For a test at whose end the shard is gone or the pool is too slow to be asked.
        public Setup withoutPoolCheck() {
            checksPool = false;
            return this;
        }

        /// For a proxy that ends before another one, which holds buffers and opens files still and is the one to look
        /// for lost ones.
        public Setup endsBeforeAnother() {
            isLast = false;
            return this;
        }

        public ProxyFixture start() {
            return new ProxyFixture(config(), this);
        }

        /// The configuration as it stands.
        public ProxyConfig config() {
            ConfigResult result = ConfigReader.read("test.yaml", yaml(), Path.of(""), _ -> null);
            return switch (result) {
                case ConfigResult.Valid valid -> valid.config();
                case ConfigResult.Invalid invalid -> throw new IllegalArgumentException(invalid.report() + yaml());
            };
        }

        /// The file: one line per level of a key that differs from the line before.
        public String yaml() {
            StringBuilder yaml = new StringBuilder();
            List<String> above = List.of();
            for (Map.Entry<String, String> entry : values.entrySet()) {
                List<String> key = List.of(entry.getKey().split("\\."));
                int common = 0;
                while (common < above.size() && above.get(common).equals(key.get(common))) {
                    common++;
                }
                for (int level = common; level < key.size(); level++) {
                    yaml.append("  ".repeat(level)).append(key.get(level)).append(':');
                    yaml.append(level == key.size() - 1 ? " " + scalar(entry.getValue()) + "\n" : "\n");
                }
                above = key.subList(0, key.size() - 1);
            }
            return yaml.toString();
        }

        /// A value as it is written; what begins with a bracket is a list.
        private static String scalar(String value) {
            return value.startsWith("[") ? value : "'" + value.replace("'", "''") + "'";
        }
    }
}
