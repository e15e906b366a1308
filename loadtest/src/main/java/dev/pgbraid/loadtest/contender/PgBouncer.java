package dev.pgbraid.loadtest.contender;

import dev.pgbraid.loadtest.BenchmarkException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// PgBouncer with transaction pooling. It always has one thread.
public record PgBouncer(Path program, String version) implements Proxy {
    private static final Pattern VERSION = Pattern.compile("PgBouncer (\\d+)\\.(\\d+)\\S*");
    private static final int FIRST_MINOR_WITH_PREPARED_STATEMENTS = 21;

    public static PgBouncer find(Path program) throws InterruptedException {
        Matcher version = VERSION.matcher(Command.run(List.of(program.toString(), "--version")));
        if (!version.find()) {
            throw new BenchmarkException(program + " does not say which version of PgBouncer it is");
        }
        return new PgBouncer(program, version.group());
    }

    @Override
    public String name() {
        return "pgbouncer";
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public Set<Mode> modes() {
        return keepsPreparedStatements() ? EnumSet.allOf(Mode.class) : EnumSet.of(Mode.SIMPLE, Mode.EXTENDED);
    }

    boolean keepsPreparedStatements() {
        Matcher parts = VERSION.matcher(version);
        return parts.matches()
                && (Integer.parseInt(parts.group(1)) > 1
                        || Integer.parseInt(parts.group(2)) >= FIRST_MINOR_WITH_PREPARED_STATEMENTS);
    }

    @Override
    public int warmUpLoadsMax() {
        return 0;
    }

    @Override
    public RunningProxy start(ProxySettings settings) throws IOException {
        Path directory = Proxy.createDirectory(name());
        int port = Proxy.freePort();
        Path users = directory.resolve("users.txt");
        Files.writeString(users, "\"" + settings.server().login().user() + "\" \"" + settings.verifier() + "\"\n");
        Path configuration = directory.resolve("pgbouncer.ini");
        Files.writeString(configuration, configuration(settings, port, users));
        List<String> command = new ArrayList<>(List.of(program.toString(), "-q"));
        if (isRoot()) {
            // It refuses to run as root.
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(configuration.toString());
        ChildProcess process = ChildProcess.start(command, directory);
        Contender contender =
                new Contender(name(), settings.server().behind(port), OptionalLong.of(process.pid()), modes());
        return new RunningProxy(contender, process, directory);
    }

    private String configuration(ProxySettings settings, int port, Path users) {
        Endpoint server = settings.server();
        return """
            [databases]
            %1$s = host=%2$s port=%3$d user=%4$s password=%5$s

            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %6$d
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = %7$s
            pool_mode = transaction
            default_pool_size = %8$d
            max_client_conn = %9$d
            server_tls_sslmode = disable
            log_connections = 0
            log_disconnections = 0
            log_stats = 0
            """.formatted(
                                server.database(),
                                server.host(),
                                server.port(),
                                server.login().user(),
                                server.login().password(),
                                port,
                                users,
                                settings.poolSize(),
                                ProxySettings.CLIENTS_MAX)
                + (keepsPreparedStatements() ? "max_prepared_statements = 200\n" : "");
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
