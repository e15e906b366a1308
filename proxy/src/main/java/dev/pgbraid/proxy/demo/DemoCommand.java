package dev.pgbraid.proxy.demo;

import dev.pgbraid.config.LoggingConfig;
import dev.pgbraid.proxy.command.Arguments;
import dev.pgbraid.proxy.command.Command;
import dev.pgbraid.proxy.command.Lifetime;
import dev.pgbraid.proxy.command.Usage;
import dev.pgbraid.proxy.command.Usage.Option;
import dev.pgbraid.proxy.logging.Logging;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/// `demo`: starts everything, says how to connect, and puts everything away when the process is told to end.
public final class DemoCommand implements Command {
    private static final int SHARDS_MAX = 64;
    private static final int PORT_MAX = 65_535;

    private final PrintStream out;

    public DemoCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Usage usage() {
        return new Usage(
                "demo",
                "Starts PostgreSQL servers with the data of a small shop, and the proxy in front of them.",
                List.of(),
                List.of(
                        new Option("--shards", "N", "How many PostgreSQL servers to start (4)."),
                        new Option("--port", "N", "Where the proxy listens (6432); 0 takes any free port."),
                        new Option("--admin-port", "N", "Where operators connect; closed unless given."),
                        new Option("--keep", "DIR", "Keeps the data in DIR and uses it again the next time.")));
    }

    @Override
    public int run(Arguments arguments) {
        DemoOptions options = new DemoOptions(
                arguments.number("--shards", 1, SHARDS_MAX).orElse(4),
                arguments.number("--port", 0, PORT_MAX).orElse(6432),
                arguments.number("--admin-port", 0, PORT_MAX),
                arguments.path("--keep"));
        return Lifetime.run(lifetime -> run(options, lifetime));
    }

    private void run(DemoOptions options, Lifetime lifetime) {
        Logging.configure(
                new LoggingConfig(LoggingConfig.Level.WARN, LoggingConfig.Format.TEXT, Optional.empty(), false));
        out.println("Starting PostgreSQL ...");
        try (Demo demo = Demo.start(options)) {
            out.println(demo.greeting());
            lifetime.awaitEnd();
            out.println("Stopping ...");
        }
    }
}
