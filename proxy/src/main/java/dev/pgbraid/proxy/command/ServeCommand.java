package dev.pgbraid.proxy.command;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult.Invalid;
import dev.pgbraid.config.ConfigResult.Valid;
import dev.pgbraid.proxy.ProxyServer;
import dev.pgbraid.proxy.logging.Logging;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `serve FILE`: runs a proxy until the process is told to end, then lets transactions end.
public final class ServeCommand implements Command {
    private final Function<String, @Nullable String> environment;
    private final PrintStream error;

    public ServeCommand(Function<String, @Nullable String> environment, PrintStream error) {
        this.environment = environment;
        this.error = error;
    }

    @Override
    public Usage usage() {
        return new Usage(
                "serve",
                "Runs a proxy. SIGHUP reads the file again; SIGTERM and SIGINT let open transactions end, a second one"
                        + " not.",
                List.of("FILE"),
                List.of());
    }

    @Override
    public int run(Arguments arguments) {
        Path file = arguments.path(0);
        return switch (ConfigReader.read(file, environment)) {
            case Valid valid -> Lifetime.run(lifetime -> serve(lifetime, file, valid));
            case Invalid invalid -> {
                error.print(invalid.report());
                yield ExitStatus.WRONG_INPUT;
            }
        };
    }

    private void serve(Lifetime lifetime, Path file, Valid first) {
        Logging.configure(first.config().logging());
        ProxyServer server = ProxyServer.start(first.config());
        try (Reloading reloading = new Reloading(file, environment, server, first.settings(), lifetime)) {
            server.operate(reloading);
            lifetime.awaitEnd();
        }
        server.drain(lifetime::isHurried);
    }
}
