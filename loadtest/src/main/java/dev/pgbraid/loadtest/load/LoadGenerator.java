package dev.pgbraid.loadtest.load;

import dev.pgbraid.loadtest.load.Load.Extent;
import dev.pgbraid.loadtest.wire.Endpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program that puts a load on a server, takes pgbench's options and prints pgbench's summary.
///
/// @param program the words that start it
public record LoadGenerator(String name, List<String> program) {

    public LoadGenerator {
        program = List.copyOf(program);
    }

    public static LoadGenerator pgbench(Path program) {
        return new LoadGenerator("pgbench", List.of(program.toString(), "-n", "-S", "-j", "1"));
    }

    /// The same generator, which also writes a [TransactionLog] to files in `directory`.
    public LoadGenerator logging(Path directory) {
        List<String> logging = new ArrayList<>(program);
        logging.addAll(List.of("-l", "--log-prefix=" + directory.resolve("log")));
        return new LoadGenerator(name, logging);
    }

    /// The command line for a load. The password goes by the environment, as `PGPASSWORD`.
    public List<String> command(Endpoint endpoint, Load load) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("-M", load.mode().label()));
        command.addAll(List.of("-c", Integer.toString(load.clients())));
        command.addAll(
                switch (load.extent()) {
                    case Extent.Seconds(int seconds) -> List.of("-T", Integer.toString(seconds));
                    case Extent.TransactionsPerClient(int count) -> List.of("-t", Integer.toString(count));
                });
        command.addAll(List.of("-h", endpoint.host(), "-p", Integer.toString(endpoint.port())));
        command.addAll(List.of("-U", endpoint.login().user(), endpoint.database()));
        return command;
    }
}
