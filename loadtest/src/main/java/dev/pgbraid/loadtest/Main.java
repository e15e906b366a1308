package dev.pgbraid.loadtest;

import dev.pgbraid.proxy.postgres.PostgresException;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `pgbraid bench`: measures the proxy against its peers, and checks it with real drivers.
@Command(
        name = "bench",
        description =
                "Measures pgbraid against PgBouncer and against no proxy at all, and checks it with real drivers.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
        System.exit(commandLine(searchPath).execute(arguments));
    }

    static CommandLine commandLine(String searchPath) {
        return new CommandLine(new Main())
                .addSubcommand(new RelayCommand(searchPath))
                .addSubcommand(new RouteCommand())
                .addSubcommand(new SelectCommand())
                .addSubcommand(new ClientsCommand(searchPath))
                .addSubcommand(new SoakCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, _) -> {
                    switch (failure) {
                        case BenchmarkException _, IOException _, PostgresException _ ->
                            command.getErr().println("bench: " + failure.getMessage());
                        case InterruptedException _ -> command.getErr().println("bench: ended before it was done");
                        default -> failure.printStackTrace(command.getErr());
                    }
                    return 1;
                });
    }
}
