package dev.pgbraid.proxy.command;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult.Invalid;
import dev.pgbraid.config.ConfigResult.Valid;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.proxy.ProxyServer;
import dev.pgbraid.proxy.logging.Logging;
import java.io.PrintStream;
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
                "Runs a proxy. SIGTERM and SIGINT let open transactions end, for as long as the file says.",
                List.of("FILE"),
                List.of());
    }

    @Override
    public int run(Arguments arguments) {
        return switch (ConfigReader.read(arguments.path(0), environment)) {
            case Valid valid -> Lifetime.run(() -> serve(valid.config()));
            case Invalid invalid -> {
                error.print(invalid.report());
                yield ExitStatus.WRONG_INPUT;
            }
        };
    }

    private static void serve(ProxyConfig config) {
        Logging.configure(config.logging());
        ProxyServer server = ProxyServer.start(config);
        Lifetime.awaitEnd();
        server.drain();
    }
}
