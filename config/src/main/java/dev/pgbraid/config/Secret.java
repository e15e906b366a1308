package dev.pgbraid.config;

/// A text that must not be shown or logged.
///
/// @param reveal the text itself
public record Secret(String reveal) {
    @Override
    public String toString() {
        return "***";
    }
}
