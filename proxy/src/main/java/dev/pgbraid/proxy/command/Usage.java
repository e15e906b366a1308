package dev.pgbraid.proxy.command;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a command is called.
///
/// @param command its name
/// @param description what it does, in one sentence
/// @param parameters what it must be given, in order
/// @param options what it may be given
public record Usage(String command, String description, List<String> parameters, List<Option> options) {
    public Usage {
        parameters = List.copyOf(parameters);
        options = List.copyOf(options);
    }

    /// Something that may be given as `--name VALUE` or `--name=VALUE`.
    ///
    /// @param name with its dashes
    public record Option(String name, String value, String description) {}

    Optional<Option> option(String name) {
        return options.stream().filter(option -> option.name().equals(name)).findFirst();
    }

    /// Says everything, over several lines.
    public String help() {
        StringBuilder text = new StringBuilder("Usage: ").append(line()).append("\n\n");
        text.append(description).append('\n');
        if (!options.isEmpty()) {
            text.append('\n');
        }
        for (Option option : options) {
            text.append("  %-17s %s%n".formatted(option.name() + " " + option.value(), option.description()));
        }
        return text.toString();
    }

    private String line() {
        String words = parameters.stream().map(parameter -> " " + parameter).collect(Collectors.joining());
        return "pgbraid " + command + (options.isEmpty() ? "" : " [options]") + words;
    }
}
