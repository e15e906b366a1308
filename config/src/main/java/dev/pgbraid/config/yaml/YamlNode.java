package dev.pgbraid.config.yaml;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A part of a YAML document and where it begins.
sealed interface YamlNode {
    Position at();

    /// How many nodes this is, with its aliases written out.
    int size();

    /// A single value, as it is written; `isPlain` when without quotes.
    record Text(Position at, String text, boolean isPlain) implements YamlNode {
        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        /// Whether this is YAML's way to write nothing.
        boolean isNull() {
            return isPlain && NULLS.contains(text);
        }

        @Override
        public int size() {
            return 1;
        }
    }

    record Sequence(Position at, List<YamlNode> elements, int size) implements YamlNode {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    record Mapping(Position at, List<Entry> entries, int size) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        static Mapping empty(Position at) {
            return new Mapping(at, List.of(), 1);
        }

        /// The first value of `key`.
        Optional<YamlNode> find(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().text().equals(key))
                    .map(Entry::value)
                    .findFirst();
        }
    }

    record Entry(Text key, YamlNode value) {}
}
