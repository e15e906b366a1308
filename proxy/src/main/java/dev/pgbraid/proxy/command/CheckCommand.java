package dev.pgbraid.proxy.command;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult.Invalid;
import dev.pgbraid.config.ConfigResult.Valid;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `check FILE`: says what is wrong with a configuration file, if anything is.
public final class CheckCommand implements Command {
    private final Function<String, @Nullable String> environment;
    private final PrintStream out;

    public CheckCommand(Function<String, @Nullable String> environment, PrintStream out) {
        this.environment = environment;
        this.out = out;
    }

    @Override
    public Usage usage() {
        return new Usage(
                "check",
                "Says everything that is wrong with a configuration file, and whether it is valid.",
                List.of("FILE"),
                List.of());
    }

    @Override
    public int run(Arguments arguments) {
        Path file = arguments.path(0);
        return switch (ConfigReader.read(file, environment)) {
            case Valid _ -> {
                out.println(file + " is valid");
                yield ExitStatus.OK;
            }
            case Invalid invalid -> {
                out.print(invalid.report());
                yield ExitStatus.WRONG_INPUT;
            }
        };
    }
}
