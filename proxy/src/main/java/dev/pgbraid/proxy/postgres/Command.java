package dev.pgbraid.proxy.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A program that is run to its end.
record Command(List<String> words) {
    Command {
        words = List.copyOf(words);
    }

    Command(String... words) {
        this(List.of(words));
    }

    /// Runs under `privileges` with `input` as standard input.
    ///
    /// @throws PostgresException with everything that the program said, when it fails
    void run(Privileges privileges, String input) {
        Result result = execute(privileges, input);
        if (result.status() != 0) {
            throw new PostgresException(
                    words.getFirst() + " ended with status " + result.status() + ":\n" + result.output());
        }
    }

    void run(Privileges privileges) {
        run(privileges, "");
    }

    /// Whether the program exists and says yes.
    boolean succeeds() {
        try {
            return execute(Privileges.OWN, "").status() == 0;
        } catch (PostgresException absent) {
            return false;
        }
    }

    private Result execute(Privileges privileges, String input) {
        List<String> line = new ArrayList<>(privileges.prefix());
        line.addAll(words);
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            feed(process, input);
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.strip());
        } catch (IOException failed) {
            throw new PostgresException("cannot run " + words.getFirst() + ": " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PostgresException("interrupted while " + words.getFirst() + " ran", interrupted);
        }
    }

    /// A thread of its own writes, since a program that answers much before it has read all would wait for ever.
    private static void feed(Process process, String input) {
        Thread.ofVirtual().start(() -> {
            try (OutputStream out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException endedEarly) {
                // Its status and output tell why.
                return;
            }
        });
    }

    private record Result(int status, String output) {}
}
