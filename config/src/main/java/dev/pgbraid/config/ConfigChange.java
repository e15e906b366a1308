package dev.pgbraid.config;

/// A key that has another value in one configuration than in the one before.
///
/// @param key its path, `pools.size-max`
/// @param from what it was, as it may be shown
/// @param to what it is, as it may be shown
/// @param reloads whether a reload applies it; otherwise it takes a restart
public record ConfigChange(String key, String from, String to, boolean reloads) {
    @Override
    public String toString() {
        return from.equals(to) ? key + " has changed" : key + ": " + from + " -> " + to;
    }
}
