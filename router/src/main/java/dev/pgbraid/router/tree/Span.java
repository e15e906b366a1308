package dev.pgbraid.router.tree;

/// A run of tokens, by their numbers in the text that was read.
///
/// @param end the token after the last one
public record Span(int first, int end) {

    public Span {
        if (first < 0 || end < first) {
            throw new IllegalArgumentException("tokens cannot run from " + first + " to " + end);
        }
    }

    public boolean contains(Span other) {
        return first <= other.first && other.end <= end;
    }
}
