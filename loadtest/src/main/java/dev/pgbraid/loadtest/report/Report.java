package dev.pgbraid.loadtest.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything one run of the benchmark found.
///
/// @param facts the machine and the versions, in the order in which they are shown
public record Report(Map<String, String> facts, List<Section> sections) {

    public Report {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        sections = List.copyOf(sections);
    }
}
