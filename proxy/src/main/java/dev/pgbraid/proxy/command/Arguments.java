package dev.pgbraid.proxy.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/// What a command was given, held against what it takes.
public record Arguments(List<String> parameters, Map<String, String> options) {
    public Arguments {
        parameters = List.copyOf(parameters);
        options = Map.copyOf(options);
    }

    /// Reads the words after the name of the command.
    ///
    /// @throws UsageException when they are not what `usage` says
    public static Arguments parse(Usage usage, List<String> words) {
        List<String> parameters = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        Queue<String> rest = new ArrayDeque<>(words);
        for (String word = rest.poll(); word != null; word = rest.poll()) {
            if (word.startsWith("-")) {
                addOption(usage, word, rest, options);
            } else {
                parameters.add(word);
            }
        }
        if (parameters.size() < usage.parameters().size()) {
            throw new UsageException(usage.parameters().get(parameters.size()) + " is missing");
        }
        if (parameters.size() > usage.parameters().size()) {
            throw new UsageException(parameters.get(usage.parameters().size()) + " is one argument too many");
        }
        return new Arguments(parameters, options);
    }

    private static void addOption(Usage usage, String word, Queue<String> rest, Map<String, String> options) {
        int sign = word.indexOf('=');
        String name = sign < 0 ? word : word.substring(0, sign);
        if (usage.option(name).isEmpty()) {
            throw new UsageException("there is no option " + name);
        }
        String value = sign < 0 ? rest.poll() : word.substring(sign + 1);
        if (value == null) {
            throw new UsageException(name + " needs a value");
        }
        if (options.put(name, value) != null) {
            throw new UsageException(name + " is given twice");
        }
    }

    /// The value of an option, a whole number between `min` and `max`.
    public Optional<Integer> number(String option, int min, int max) {
        return Optional.ofNullable(options.get(option)).map(text -> {
            int number = toNumber(text, min - 1);
            if (number < min || number > max) {
                throw new UsageException(option + " must be a number in " + min + ".." + max + ", is \"" + text + "\"");
            }
            return number;
        });
    }

    private static int toNumber(String text, int otherwise) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }

    /// The value of an option, a path.
    public Optional<Path> path(String option) {
        return Optional.ofNullable(options.get(option)).map(Arguments::toPath);
    }

    /// A parameter, a path.
    public Path path(int parameter) {
        return toPath(parameters.get(parameter));
    }

    private static Path toPath(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException impossible) {
            throw new UsageException("\"" + text + "\" cannot be the name of a file");
        }
    }
}
