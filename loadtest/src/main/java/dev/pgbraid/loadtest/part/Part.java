package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.report.Section;
import java.io.IOException;

/// One part of the benchmark. It starts what it needs, and ends it before it returns.
public interface Part {

    String name();

    Section run() throws IOException, InterruptedException;
}
