package dev.pgbraid.proxy.transcript;

import dev.pgbraid.protocol.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A conversation of one client or several with a server.
///
/// @param comment what it is about, line by line
record Transcript(List<String> comment, List<Step> steps) {
    private static final String ONLY_CLIENT = "";

    Transcript {
        comment = List.copyOf(comment);
        steps = List.copyOf(steps);
    }

    /// What one client does next.
    sealed interface Step {
        String client();

        List<String> lines();

        /// Sends `lines`, all at once.
        record Send(String client, List<String> lines) implements Step {
            public Send {
                lines = List.copyOf(lines);
            }

            List<ByteString> messages() {
                return lines.stream().map(MessageText::bytes).toList();
            }
        }

        /// Gets as many messages as there are `lines`.
        record Expect(String client, List<String> lines) implements Step {
            public Expect {
                lines = List.copyOf(lines);
            }
        }
    }

    static Transcript read(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(file + ": " + malformed.getMessage(), malformed);
        }
    }

    static Transcript parse(List<String> lines) {
        List<String> comment = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        List<String> block = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("#")) {
                comment.add(line);
            } else if (!line.isBlank()) {
                block.add(line);
            } else if (!block.isEmpty()) {
                steps.add(step(block));
                block.clear();
            }
        }
        if (!block.isEmpty()) {
            steps.add(step(block));
        }
        return new Transcript(comment, steps);
    }

    private static Step step(List<String> block) {
        String[] head = block.getFirst().split(" ", 2);
        String client = head.length == 1 ? ONLY_CLIENT : head[1];
        List<String> lines = block.subList(1, block.size());
        return switch (head[0]) {
            case "send" -> new Step.Send(client, lines);
            case "expect" -> new Step.Expect(client, lines);
            default -> throw new IllegalArgumentException("a block begins with " + block.getFirst());
        };
    }

    void write(Path file) {
        String text = String.join("\n", comment) + "\n\n"
                + steps.stream().map(Transcript::text).collect(Collectors.joining("\n"));
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String text(Step step) {
        String verb = step instanceof Step.Send ? "send" : "expect";
        String client = step.client().isEmpty() ? "" : " " + step.client();
        return verb + client + "\n" + String.join("\n", step.lines()) + "\n";
    }
}
