package dev.pgbraid.config;

/// Something wrong with a configuration file.
///
/// @param file the file, as the operator named it
/// @param line where it is, counted from 1
/// @param column where it is in its line, counted from 1
/// @param key the path of the key, `pools.size-max`; empty where the problem is not about one
/// @param message what is wrong and what to write instead, in words that follow the key; never holds a secret
public record ConfigProblem(String file, int line, int column, String key, String message) {
    @Override
    public String toString() {
        String place = file + ":" + line + ":" + column + " ";
        return key.isEmpty() ? place + message : place + key + ": " + message;
    }
}
