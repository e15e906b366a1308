package dev.pgbraid.config.key;

import java.util.List;
import java.util.stream.Collectors;

/// A record was given values that contradict its invariants.
public final class BrokenInvariants extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    /// One of them: `message` follows the key that `path` leads to, through named blocks where it has several parts.
    public record Violation(List<String> path, String message) {
        public Violation {
            path = List.copyOf(path);
        }

        @Override
        public String toString() {
            return String.join(".", path) + " " + message;
        }
    }

    BrokenInvariants(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
