package dev.pgbraid.loadtest;

import dev.pgbraid.loadtest.load.ClosedLoop;
import dev.pgbraid.loadtest.load.Load;
import dev.pgbraid.loadtest.load.Load.Extent;
import dev.pgbraid.loadtest.load.Mode;
import dev.pgbraid.loadtest.wire.Endpoint;
import dev.pgbraid.loadtest.wire.Login;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Stands in for pgbench where there is none: takes its options and prints its summary.
@Command(name = "select", description = "Runs pgbench's select-only transaction, for machines without pgbench.")
final class SelectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "-M", defaultValue = "simple", paramLabel = "MODE", description = "simple, extended or prepared")
    private Mode mode = Mode.SIMPLE;

    @Option(names = "-c", defaultValue = "1", paramLabel = "N", description = "clients")
    private int clients;

    @ArgGroup(multiplicity = "1")
    private Length length = new Length();

    @Option(names = "-h", defaultValue = "127.0.0.1", paramLabel = "HOST", description = "host")
    private String host = "";

    @Option(names = "-p", defaultValue = "5432", paramLabel = "PORT", description = "port")
    private int port;

    @Option(names = "-U", required = true, paramLabel = "USER", description = "user; the password is in PGPASSWORD")
    private String user = "";

    @Option(names = "--password", hidden = true, defaultValue = "${env:PGPASSWORD}")
    private String password = "";

    @Option(names = "-l", description = "write a line about every transaction to a file")
    private boolean logs;

    @Option(names = "--log-prefix", paramLabel = "PREFIX", description = "how the name of that file begins")
    private String logPrefix = "pgbench_log";

    @Parameters(paramLabel = "DATABASE")
    private String database = "";

    private static final class Length {
        @Option(names = "-T", required = true, paramLabel = "SECONDS", description = "how long")
        private int seconds;

        @Option(names = "-t", required = true, paramLabel = "N", description = "transactions of each client")
        private int transactions;

        Extent extent() {
            return seconds > 0 ? new Extent.Seconds(seconds) : new Extent.TransactionsPerClient(transactions);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Endpoint endpoint = new Endpoint(host, port, database, Login.of(user, password));
        ClosedLoop.Outcome outcome = ClosedLoop.run(endpoint, new Load(mode, clients, length.extent()));
        if (logs) {
            outcome.log()
                    .write(Path.of(logPrefix + "." + ProcessHandle.current().pid()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(outcome.result().summary());
        out.flush();
        return 0;
    }
}
