package dev.pgbraid.loadtest.clients;

import dev.pgbraid.loadtest.report.Section;
import dev.pgbraid.loadtest.report.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What each client found, straight at the server and through pgbraid.
public final class Comparison {
    private static final List<String> COLUMNS = List.of("client", "version", "direct", "pgbraid", "checks", "seconds");

    private final List<List<Value>> rows = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean hasFailures;

    /// A client that cannot run here.
    public void absent(String client, String obstacle) {
        rows.add(List.of(
                Value.text(client),
                Value.missing(),
                Value.text("not here"),
                Value.missing(),
                Value.missing(),
                Value.missing()));
        notes.add(client + ": " + obstacle);
    }

    /// A client that ran.
    ///
    /// @param proxied empty when there is no pgbraid in this run
    public void add(String client, Findings direct, Optional<Findings> proxied) {
        if (direct.missing().isPresent()) {
            absent(client, "needs " + direct.missing().get());
            return;
        }
        double seconds = Stream.concat(Stream.of(direct), proxied.stream())
                .mapToDouble(findings -> findings.duration().toMillis() / 1000.0)
                .sum();
        rows.add(List.of(
                Value.text(client),
                Value.text(direct.version()),
                Value.text(direct.verdict()),
                proxied.map(findings -> Value.text(findings.verdict())).orElse(Value.missing()),
                Value.number(direct.checks(), 0),
                Value.number(seconds, 1)));
        note(client, "direct", direct);
        proxied.ifPresent(findings -> note(client, "pgbraid", findings));
    }

    private void note(String client, String server, Findings findings) {
        findings.failures().forEach(failure -> notes.add(client + ", " + server + ": " + failure));
        hasFailures |= !findings.failures().isEmpty();
    }

    /// Whether a check failed, at whatever server.
    public boolean hasFailures() {
        return hasFailures;
    }

    public Section section() {
        return new Section("clients", "Clients, at a pool of few connections", COLUMNS, rows, List.of(), notes);
    }
}
