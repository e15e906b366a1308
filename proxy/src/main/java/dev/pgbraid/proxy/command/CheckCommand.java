package dev.pgbraid.proxy.command;

import dev.pgbraid.config.ConfigReader;
import dev.pgbraid.config.ConfigResult.Invalid;
import dev.pgbraid.config.ConfigResult.Valid;
import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.proxy.control.ClusterCheck;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `check FILE`: says what is wrong with a configuration file, if anything is, and with its shards if they are asked.
public final class CheckCommand implements Command {
    private static final String SHARDS = "--shards";
    private static final int SECONDS_MAX = 3600;

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
                List.of(new Usage.Option(
                        SHARDS,
                        "SECONDS",
                        "Also reads the catalogs of the shards, changing nothing, and says how they differ; waits so"
                                + " long for each connection.")));
    }

    @Override
    public int run(Arguments arguments) {
        Path file = arguments.path(0);
        return switch (ConfigReader.read(file, environment)) {
            case Valid valid -> {
                out.println(file + " is valid");
                yield arguments
                        .number(SHARDS, 1, SECONDS_MAX)
                        .map(seconds -> checkShards(valid.config(), Duration.ofSeconds(seconds)))
                        .orElse(ExitStatus.OK);
            }
            case Invalid invalid -> {
                out.print(invalid.report());
                yield ExitStatus.WRONG_INPUT;
            }
        };
    }

    private int checkShards(ProxyConfig config, Duration patience) {
        int status = ExitStatus.OK;
        for (DatabaseConfig database : config.databases()) {
            if (database.control().user().isEmpty()) {
                out.println("database " + database.name() + ": has no control.user, so its shards are not asked");
                continue;
            }
            List<String> problems = ClusterCheck.problems(database, patience);
            problems.forEach(problem -> out.println("database " + database.name() + ": " + problem));
            if (problems.isEmpty()) {
                out.println("database " + database.name() + ": its shards go together");
            } else {
                status = ExitStatus.FAILED;
            }
        }
        return status;
    }
}
