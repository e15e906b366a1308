package dev.pgbraid.loadtest;

import dev.pgbraid.loadtest.clients.Client;
import dev.pgbraid.loadtest.clients.Comparison;
import dev.pgbraid.loadtest.clients.Findings;
import dev.pgbraid.loadtest.contender.Database;
import dev.pgbraid.loadtest.contender.Pgbraid;
import dev.pgbraid.loadtest.contender.ProxySettings;
import dev.pgbraid.loadtest.contender.RunningProxy;
import dev.pgbraid.loadtest.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bench clients`: whether real drivers notice that the proxy is there.
@Command(
        name = "clients",
        description = "Runs programs that use PostgreSQL with the drivers of many languages, straight at a server and"
                + " through pgbraid with a pool of two connections, and shows which checks failed where.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class ClientsCommand implements Callable<Integer> {
    /// Fewer than any client has connections.
    private static final int POOL_SIZE = 2;

    private final String searchPath;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CLIENT", description = "Only these clients. Without any: all.")
    private List<String> names = List.of();

    @Option(names = "--install", description = "Fetch the drivers that are missing, in the versions that are pinned.")
    private boolean install;

    @Option(names = "--direct", description = "Only straight at the server, to check the clients themselves.")
    private boolean direct;

    @Option(
            names = "--cache",
            defaultValue = "${sys:user.home}/.cache/pgbraid/clients",
            paramLabel = "DIRECTORY",
            description = "Where drivers are installed (~/.cache/pgbraid/clients).")
    private Path cache = Path.of("");

    @Option(
            names = "--pgbraid",
            defaultValue = "${sys:pgbraid.launcher}",
            paramLabel = "PATH",
            description = "The launcher of the pgbraid to check, in the folder of its sources (this one).")
    private Optional<Path> pgbraid = Optional.empty();

    ClientsCommand(String searchPath) {
        this.searchPath = searchPath;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return Interruptible.finish(this::run);
    }

    private int run() throws IOException, InterruptedException {
        Path launcher = pgbraid.orElseThrow(
                () -> new ParameterException(spec.commandLine(), "no launcher is known: --pgbraid is needed"));
        List<Client> clients =
                chosen(Client.in(launcher.resolveSibling("loadtest").resolve("clients"), cache));
        Comparison comparison = new Comparison();
        try (Database database = Database.startEmpty()) {
            for (Client client : clients) {
                compare(client, database, new Pgbraid(launcher, "auto"), comparison);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(TextReport.render(comparison.section()));
        out.flush();
        return comparison.hasFailures() ? 1 : 0;
    }

    private List<Client> chosen(List<Client> all) {
        List<String> known = all.stream().map(Client::name).toList();
        String unknown = names.stream().filter(name -> !known.contains(name)).collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "no such client: " + unknown + "; there are " + String.join(", ", known));
        }
        return all.stream()
                .filter(client -> names.isEmpty() || names.contains(client.name()))
                .toList();
    }

    private void compare(Client client, Database database, Pgbraid proxy, Comparison comparison)
            throws IOException, InterruptedException {
        say(client.name());
        Optional<String> obstacle = obstacle(client);
        if (obstacle.isPresent()) {
            comparison.absent(client.name(), obstacle.get());
            return;
        }
        database.clear();
        Findings straight = client.run(database.endpoint());
        Optional<Findings> proxied = direct || straight.missing().isPresent()
                ? Optional.empty()
                : Optional.of(behind(proxy, client, database));
        say("  direct " + straight.verdict());
        proxied.ifPresent(findings -> say("  pgbraid " + findings.verdict()));
        comparison.add(client.name(), straight, proxied);
    }

    /// Makes the client ready to run, unless something prevents it.
    private Optional<String> obstacle(Client client) throws IOException, InterruptedException {
        try {
            if (install && client.missingPrograms(searchPath).isEmpty()) {
                client.install();
            }
            Optional<String> obstacle = client.obstacle(searchPath);
            if (obstacle.isEmpty()) {
                client.build();
            }
            return obstacle;
        } catch (BenchmarkException failed) {
            return Optional.ofNullable(failed.getMessage());
        }
    }

    private static Findings behind(Pgbraid proxy, Client client, Database database)
            throws IOException, InterruptedException {
        database.clear();
        ProxySettings settings = new ProxySettings(database.endpoint(), database.verifier(), 0, POOL_SIZE);
        try (RunningProxy running = proxy.start(settings)) {
            running.awaitAnswer();
            Findings findings = client.run(running.contender().endpoint());
            running.process().requireAlive();
            return findings;
        }
    }

    private void say(String progress) {
        spec.commandLine().getErr().println(progress);
        spec.commandLine().getErr().flush();
    }
}
