package dev.pgbraid.loadtest;

import dev.pgbraid.loadtest.contender.PgBouncer;
import dev.pgbraid.loadtest.load.LoadGenerator;
import dev.pgbraid.loadtest.load.Mode;
import dev.pgbraid.loadtest.process.Placement;
import dev.pgbraid.loadtest.process.Program;
import dev.pgbraid.loadtest.process.SyscallCounter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The programs of this machine that the benchmark makes use of.
///
/// @param notes what is missing, and what that means for the report
record Tools(
        LoadGenerator generator,
        Optional<PgBouncer> pgBouncer,
        Optional<SyscallCounter> syscalls,
        Placement placement,
        List<String> notes) {

    Tools {
        notes = List.copyOf(notes);
    }

    static Tools find(String searchPath, Optional<Path> pgBouncerProgram) throws IOException, InterruptedException {
        List<String> notes = new ArrayList<>();
        Optional<Path> pgbench = Program.find("pgbench", searchPath);
        if (pgbench.isEmpty()) {
            notes.add("No pgbench was found: loads are made by our own generator.");
        }
        Optional<Path> peer = pgBouncerProgram.or(() -> Program.find("pgbouncer", searchPath));
        Optional<PgBouncer> pgBouncer = peer.isEmpty() ? Optional.empty() : Optional.of(PgBouncer.find(peer.get()));
        if (pgBouncer.isEmpty()) {
            notes.add("No PgBouncer was found: nothing is compared with it.");
        } else if (!pgBouncer.get().modes().contains(Mode.PREPARED)) {
            notes.add(pgBouncer.get().version() + " cannot carry prepared statements in transaction pooling: no"
                    + " comparison in the mode prepared (1.21 and later can).");
        }
        Optional<SyscallCounter> syscalls = SyscallCounter.detect(searchPath);
        if (syscalls.isEmpty()) {
            notes.add("perf is not there or may not be used: system calls are not counted.");
        }
        Placement placement = Placement.detect(searchPath);
        if (!placement.canPin()) {
            notes.add("No taskset was found: nothing is pinned, and figures vary by a factor of two.");
        }
        return new Tools(
                pgbench.map(LoadGenerator::pgbench).orElseGet(Tools::ownGenerator),
                pgBouncer,
                syscalls,
                placement,
                notes);
    }

    /// This very program, as a process of its own.
    private static LoadGenerator ownGenerator() {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return new LoadGenerator(
                "bench select",
                List.of(java, "-cp", System.getProperty("java.class.path"), Main.class.getName(), "select"));
    }
}
