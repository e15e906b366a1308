package dev.pgbraid.config.key;

/// What one key of a file comes to, whether the file names it or not.
///
/// @param value the value, or the names in order where they are chosen by the operator
/// @param shown the value as it may be shown
/// @param reloads whether a reload applies another one
public record Setting(Object value, String shown, boolean reloads) {}
