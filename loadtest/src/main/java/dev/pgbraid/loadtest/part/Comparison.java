package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.load.Mode;
import java.util.List;
import java.util.Optional;

/// What every contender did under one load.
record Comparison(Mode mode, int clients, List<Series> series) {

    Comparison {
        series = List.copyOf(series);
    }

    /// Empty when the contender was not there, or cannot carry this mode.
    Optional<Series> of(String contender) {
        return series.stream()
                .filter(each -> each.contender().name().equals(contender))
                .findFirst();
    }
}
