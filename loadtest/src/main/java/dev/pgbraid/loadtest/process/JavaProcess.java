package dev.pgbraid.loadtest.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks a running JVM about its heap, by the `jcmd` beside its `java`.
public record JavaProcess(long pid, Path jcmd) {
    /// One line per generation, or one for all; the lines below, for their parts, are indented.
    private static final Pattern HEAP_USED = Pattern.compile("^\\S.* used (\\d+)([KM])", Pattern.MULTILINE);

    /// Empty for a process that is no JVM, and for a JVM that came without tools.
    public static Optional<JavaProcess> of(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(Path::of)
                .filter(program -> program.endsWith("java"))
                .map(java -> java.resolveSibling("jcmd"))
                .filter(Files::isExecutable)
                .map(jcmd -> new JavaProcess(pid, jcmd));
    }

    public void collectGarbage() throws InterruptedException {
        ask("GC.run");
    }

    public OptionalLong heapUsed() throws InterruptedException {
        return parseHeapUsed(ask("GC.heap_info"));
    }

    static OptionalLong parseHeapUsed(String heapInfo) {
        Matcher line = HEAP_USED.matcher(heapInfo);
        OptionalLong used = OptionalLong.empty();
        while (line.find()) {
            long unit = line.group(2).equals("K") ? 1024 : 1024 * 1024;
            used = OptionalLong.of(used.orElse(0) + Long.parseLong(line.group(1)) * unit);
        }
        return used;
    }

    private String ask(String question) throws InterruptedException {
        return Command.run(List.of(jcmd.toString(), Long.toString(pid), question));
    }
}
