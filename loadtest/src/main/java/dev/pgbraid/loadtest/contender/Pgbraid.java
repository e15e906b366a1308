package dev.pgbraid.loadtest.contender;

import dev.pgbraid.loadtest.load.Mode;
import dev.pgbraid.loadtest.process.ChildProcess;
import dev.pgbraid.loadtest.process.Command;
import dev.pgbraid.loadtest.wire.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// pgbraid, started as a user would start it.
///
/// @param launcher the command that takes `serve FILE`
/// @param transport `auto`, `io_uring`, `epoll` or `nio`
public record Pgbraid(Path launcher, String transport) implements Proxy {

    @Override
    public String name() {
        return "pgbraid";
    }

    @Override
    public String version() throws InterruptedException {
        return Command.run(List.of(launcher.toString(), "--version")).strip();
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public Set<Mode> modes() {
        return EnumSet.allOf(Mode.class);
    }

    @Override
    public int warmUpLoadsMax() {
        return 30;
    }

    @Override
    public RunningProxy start(ProxySettings settings) throws IOException {
        Path directory = Proxy.createDirectory(name());
        int port = Proxy.freePort();
        Path configuration = directory.resolve("pgbraid.yaml");
        Files.writeString(configuration, configuration(settings, port));
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "serve", configuration.toString()));
        ChildProcess process = ChildProcess.start(command, directory);
        Contender contender =
                new Contender(name(), settings.server().behind(port), OptionalLong.of(process.pid()), modes());
        return new RunningProxy(contender, process, directory);
    }

    private String configuration(ProxySettings settings, int port) {
        Endpoint server = settings.server();
        return """
            listen: {host: 127.0.0.1, port: %1$d, threads: %2$d, transport: %3$s}
            auth:
              users:
                %4$s: {password: "%5$s", shard-password: "%6$s"}
            databases:
              %7$s:
                shards:
                  a: {host: %8$s, port: %9$d}
            pools: {size-max: %10$d, checkout-timeout: 60s}
            limits: {clients-max: %11$d}
            """.formatted(
                        port,
                        settings.threads(),
                        transport.replace('_', '-'),
                        server.login().user(),
                        settings.verifier(),
                        server.login().password(),
                        server.database(),
                        server.host(),
                        server.port(),
                        settings.poolSize(),
                        ProxySettings.CLIENTS_MAX);
    }
}
