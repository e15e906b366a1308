package dev.pgbraid.proxy.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A file of statements, as the documentation of the package describes it.
///
/// @param answered how many in a hundred statements must be answered
/// @param paragraphs the statements that are run together: in `read` each alone
record StatementFile(int answered, List<List<Statement>> paragraphs) {
    static final Path DIRECTORY = Path.of("src/test/resources/differential");

    private static final String ANSWERED = "-- answered: ";
    private static final String PARAMETERS = "-- params: ";
    private static final String ERROR = "-- error: ";
    private static final String TIES = "-- ties";
    private static final String SIMPLE = "-- simple";
    private static final String FOR_EACH = "-- for each key";

    StatementFile {
        paragraphs = paragraphs.stream().map(List::copyOf).toList();
    }

    /// The names of the files in one of the folders, its own included.
    static List<String> in(String folder) {
        try (Stream<Path> files = Files.list(DIRECTORY.resolve(folder))) {
            return files.map(file -> DIRECTORY.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static StatementFile read(String name) {
        return new Reader(name.startsWith("read")).read(lines(name));
    }

    private static List<String> lines(String name) {
        try {
            return Files.readAllLines(DIRECTORY.resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static final class Reader {
        private final boolean runsAlone;
        private final List<Map<String, String>> keys = keys();
        private final List<List<Statement>> paragraphs = new ArrayList<>();
        private List<Statement> paragraph = new ArrayList<>();
        private List<String> said = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private int begin;

        Reader(boolean runsAlone) {
            this.runsAlone = runsAlone;
        }

        /// What to put in, for each line of the file.
        private static List<Map<String, String>> keys() {
            List<List<String>> table = lines("keys.txt").stream()
                    .map(line ->
                            Arrays.stream(line.split("\\|")).map(String::strip).toList())
                    .toList();
            List<Map<String, String>> keys = new ArrayList<>();
            for (List<String> row : table.subList(1, table.size())) {
                Map<String, String> key = new LinkedHashMap<>();
                for (int i = 0; i < row.size(); i++) {
                    key.put("{" + table.getFirst().get(i) + "}", row.get(i));
                }
                keys.add(key);
            }
            return keys;
        }

        StatementFile read(List<String> lines) {
            int answered = lines.stream()
                    .filter(line -> line.startsWith(ANSWERED))
                    .map(line -> Integer.parseInt(line.substring(ANSWERED.length())))
                    .findFirst()
                    .orElseThrow();
            for (int i = 0; i < lines.size(); i++) {
                take(i + 1, lines.get(i));
            }
            endParagraph();
            if (!text.isEmpty()) {
                throw new IllegalArgumentException("line " + begin + ": no semicolon ends " + text);
            }
            return new StatementFile(answered, paragraphs);
        }

        private void take(int number, String line) {
            if (text.isEmpty() && line.isEmpty()) {
                endParagraph();
            } else if (text.isEmpty() && line.startsWith("-- ")) {
                said.add(line);
            } else {
                takeText(number, line);
            }
        }

        private void takeText(int number, String line) {
            begin = text.isEmpty() ? number : begin;
            boolean ends = line.endsWith(";");
            text.append(text.isEmpty() ? "" : "\n").append(ends ? line.substring(0, line.length() - 1) : line);
            if (ends) {
                endStatement();
            }
            if (ends && runsAlone) {
                endParagraph();
            }
        }

        private void endParagraph() {
            if (!paragraph.isEmpty()) {
                paragraphs.add(paragraph);
                paragraph = new ArrayList<>();
            }
            said = new ArrayList<>();
        }

        private void endStatement() {
            if (said.contains(FOR_EACH)) {
                for (Map<String, String> key : keys) {
                    paragraphs.add(List.of(statement(text -> putIn(key, text))));
                }
            } else {
                paragraph.add(statement(text -> text));
            }
            text.setLength(0);
            said = new ArrayList<>();
        }

        private static String putIn(Map<String, String> key, String text) {
            String result = text;
            for (Map.Entry<String, String> entry : key.entrySet()) {
                result = result.replace(entry.getKey(), entry.getValue());
            }
            return result;
        }

        private interface Expansion {
            String of(String text);
        }

        private Statement statement(Expansion expansion) {
            return new Statement(
                    begin,
                    expansion.of(text.toString()),
                    said(PARAMETERS).map(expansion::of).map(Parameter::list).orElse(List.of()),
                    said(ERROR),
                    said.contains(TIES),
                    said.contains(SIMPLE));
        }

        private Optional<String> said(String what) {
            return said.stream()
                    .filter(line -> line.startsWith(what))
                    .map(line -> line.substring(what.length()))
                    .findFirst();
        }
    }
}
