package dev.pgbraid.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Reads texts as configuration files.
final class ConfigFixture {
    /// The blocks that every file must have; they are put after the text of a test, so that its lines keep their
    /// numbers.
    static final String REQUIRED = """
        auth: {users: {shop: {password: secret}}}
        databases: {shop: {shards: {a: {host: shard-a}}}}
        """;

    private static final Map<String, String> ENVIRONMENT = Map.of("WORD", "from-outside", "EMPTY", "");

    private ConfigFixture() {}

    static ConfigResult read(String text, Path directory) {
        return ConfigReader.read("file", text, directory, ENVIRONMENT::get);
    }

    static ConfigResult read(String text) {
        return read(text, Path.of(""));
    }

    static ProxyConfig valid(ConfigResult result) {
        return switch (result) {
            case ConfigResult.Valid valid -> valid.config();
            case ConfigResult.Invalid invalid -> throw new AssertionError(invalid.report());
        };
    }

    static List<String> problems(ConfigResult result) {
        return switch (result) {
            case ConfigResult.Valid _ -> List.of();
            case ConfigResult.Invalid(List<ConfigProblem> problems) ->
                problems.stream().map(ConfigProblem::toString).toList();
        };
    }

    /// The problems of a file that lacks nothing else.
    static List<String> problems(String text) {
        return problems(read(text + REQUIRED));
    }
}
