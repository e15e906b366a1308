package dev.pgbraid.proxy;

import dev.pgbraid.proxy.command.Arguments;
import dev.pgbraid.proxy.command.CheckCommand;
import dev.pgbraid.proxy.command.Command;
import dev.pgbraid.proxy.command.ExitStatus;
import dev.pgbraid.proxy.command.ServeCommand;
import dev.pgbraid.proxy.command.UsageException;
import dev.pgbraid.proxy.demo.DemoCommand;
import dev.pgbraid.proxy.demo.TrainCommand;
import dev.pgbraid.proxy.postgres.PostgresException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/// The command line.
public final class Main {
    private static final List<String> HELP = List.of("help", "--help", "-h");

    private final List<Command> commands;
    private final PrintStream out;
    private final PrintStream error;

    Main(List<Command> commands, PrintStream out, PrintStream error) {
        this.commands = List.copyOf(commands);
        this.out = out;
        this.error = error;
    }

    /// Runs the command that `words` name, and ends the process with its exit status.
    public static void main(String... words) {
        List<Command> commands = List.of(
                new DemoCommand(System.out),
                new ServeCommand(System::getenv, System.err),
                new CheckCommand(System::getenv, System.out),
                new TrainCommand());
        System.exit(new Main(commands, System.out, System.err).run(List.of(words)));
    }

    /// Runs the command that `words` name, and gives the exit status.
    int run(List<String> words) {
        try {
            return dispatch(words);
        } catch (UsageException wrong) {
            error.println("pgbraid: " + wrong.getMessage() + " (see pgbraid help)");
            return ExitStatus.WRONG_INPUT;
        } catch (ProxyException refused) {
            error.println("pgbraid: " + refused.getMessage() + "\n" + refused.hint());
            return ExitStatus.FAILED;
        } catch (PostgresException noServer) {
            error.println("pgbraid: " + noServer.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private int dispatch(List<String> words) {
        if (words.isEmpty()) {
            throw new UsageException("a command is missing");
        }
        String first = words.getFirst();
        List<String> rest = words.subList(1, words.size());
        if (first.equals("--version")) {
            out.println("pgbraid " + version());
            return ExitStatus.OK;
        }
        if (HELP.contains(first)) {
            out.print(rest.isEmpty() ? help() : command(rest.getFirst()).usage().help());
            return ExitStatus.OK;
        }
        Command command = command(first);
        if (rest.stream().anyMatch(HELP::contains)) {
            out.print(command.usage().help());
            return ExitStatus.OK;
        }
        return command.run(Arguments.parse(command.usage(), rest));
    }

    private Command command(String name) {
        return commands.stream()
                .filter(command -> command.usage().command().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no command " + name));
    }

    private String help() {
        StringBuilder text = new StringBuilder("Usage: pgbraid COMMAND\n\n");
        text.append("Makes many PostgreSQL servers look like one database.\n\n");
        for (Command command : commands) {
            text.append("  %-10s %s%n"
                    .formatted(command.usage().command(), command.usage().description()));
        }
        return text.append("  bench      Measures it; see pgbraid bench --help.\n")
                .append("  help       Says more about a command: pgbraid help COMMAND.\n")
                .append("  --version  Says which version this is.\n")
                .toString();
    }

    static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
