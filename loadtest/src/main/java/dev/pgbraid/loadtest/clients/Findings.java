package dev.pgbraid.loadtest.clients;

import dev.pgbraid.loadtest.process.Command.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a client said about one server.
///
/// @param version of the driver
/// @param missing what it would need to run at all
/// @param held how many checks held
/// @param failures the checks that did not hold, with the reason
public record Findings(String version, Optional<String> missing, int held, List<String> failures, Duration duration) {
    private static final int LINES_SHOWN = 12;

    public Findings {
        failures = List.copyOf(failures);
    }

    static Findings parse(Ending ending, Duration duration) {
        String version = "";
        Optional<String> missing = Optional.empty();
        int held = 0;
        List<String> failures = new ArrayList<>();
        boolean isDone = false;
        for (String line : ending.output().lines().toList()) {
            String[] words = line.split(" ", 2);
            String rest = words.length == 2 ? words[1] : "";
            switch (words[0]) {
                case "version" -> version = rest;
                case "missing" -> missing = Optional.of(rest);
                case "ok" -> held++;
                case "failed" -> failures.add(rest);
                case "done" -> isDone = true;
                default -> {}
            }
        }
        if (missing.isEmpty()) {
            if (!isDone) {
                failures.add(howItEnded(ending));
            } else if (held == 0 && failures.isEmpty()) {
                failures.add("checked nothing");
            }
        }
        return new Findings(version, missing, held, failures, duration);
    }

    private static String howItEnded(Ending ending) {
        List<String> lines = ending.output().lines().toList();
        String how = ending.status().isPresent()
                ? "ended too early, with status " + ending.status().getAsInt()
                : "did not end in time";
        return how + ":\n    "
                + String.join("\n    ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    /// In a few words for a table.
    public String verdict() {
        return failures.isEmpty() ? "ok" : failures.size() + " failed";
    }

    int checks() {
        return held + failures.size();
    }
}
