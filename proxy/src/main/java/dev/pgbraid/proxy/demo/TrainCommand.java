package dev.pgbraid.proxy.demo;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import dev.pgbraid.proxy.ProxyServer;
import dev.pgbraid.proxy.command.Arguments;
import dev.pgbraid.proxy.command.Command;
import dev.pgbraid.proxy.command.ExitStatus;
import dev.pgbraid.proxy.command.Usage;
import dev.pgbraid.proxy.postgres.PostgresServer;
import dev.pgbraid.proxy.wire.Login;
import dev.pgbraid.proxy.wire.WireClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `train`: does for a moment what a proxy does all day, so that the JVM can note which classes and methods that takes.
public final class TrainCommand implements Command {
    private static final int ROUNDS = 2_000;

    @Override
    public Usage usage() {
        return new Usage(
                "train",
                "Serves an embedded server for a moment, for a JVM that notes what it needs (-XX:AOTCacheOutput).",
                List.of(),
                List.of());
    }

    @Override
    public int run(Arguments arguments) {
        try (DemoServers servers = DemoServers.start(1, Optional.empty());
                ProxyServer proxy =
                        ProxyServer.start(config(servers.list().getFirst().server()))) {
            Login login = new Login(Shop.USER, Shop.PASSWORD, Shop.DATABASE);
            try (WireClient client = WireClient.login("127.0.0.1", proxy.port(), login)) {
                work(client);
            }
        }
        return ExitStatus.OK;
    }

    private static ProxyConfig config(PostgresServer server) {
        String file = """
            listen: {port: 0}
            auth: {users: {shop: {password: shop}}}
            databases: {shop: {shards: {a: {host: 127.0.0.1, port: %d}}}}
            pools: {size-max: 20, idle-timeout: 10m}
            """.formatted(server.port());
        ConfigResult result = ConfigReader.read("training", file, Path.of(""), name -> null);
        return switch (result) {
            case ConfigResult.Valid valid -> valid.config();
            case ConfigResult.Invalid invalid -> throw new IllegalStateException(invalid.report());
        };
    }

    private static void work(WireClient client) {
        ByteString statement = ByteString.utf8("by_id");
        client.send(
                new Parse(statement, ByteString.utf8("SELECT name FROM users WHERE id = $1"), List.of()),
                new Describe(Target.STATEMENT, statement),
                new Sync());
        client.receiveUntilReady();
        for (int round = 1; round <= ROUNDS; round++) {
            client.query("SELECT name FROM users WHERE id = " + round);
            WireValue user = WireValue.of(ByteString.utf8(Integer.toString(round)));
            client.send(
                    new Bind(ByteString.EMPTY, statement, List.of(Format.TEXT), List.of(user), List.of(Format.TEXT)),
                    new Execute(ByteString.EMPTY, 0),
                    new Sync());
            client.receiveUntilReady();
        }
        for (String sql : List.of("BEGIN", "SELECT * FROM products", "ROLLBACK", "not SQL", "SET work_mem = '8MB'")) {
            client.query(sql);
        }
    }
}
