package dev.pgbraid.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Gathers what is wrong with a file.
public final class Problems {
    private final List<Problem> problems = new ArrayList<>();

    /// One of them.
    ///
    /// @param at where in the file
    /// @param key the path of the key, or nothing where it is not about one
    /// @param message what is wrong, in words that follow the key; never holds a secret
    public record Problem(Position at, String key, String message) {}

    public void add(Position at, String key, String message) {
        problems.add(new Problem(at, key, message));
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /// All of them, in the order of the file.
    public List<Problem> inOrder() {
        return problems.stream()
                .sorted(Comparator.comparingInt(
                                (Problem problem) -> problem.at().line())
                        .thenComparingInt(problem -> problem.at().column()))
                .toList();
    }
}
