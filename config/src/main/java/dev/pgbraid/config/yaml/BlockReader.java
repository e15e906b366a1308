package dev.pgbraid.config.yaml;

import dev.pgbraid.config.key.BadValue;
import dev.pgbraid.config.key.Block;
import dev.pgbraid.config.key.BrokenInvariants;
import dev.pgbraid.config.key.Key;
import dev.pgbraid.config.key.Kind;
import dev.pgbraid.config.key.NamedBlocks;
import dev.pgbraid.config.key.Scalar;
import dev.pgbraid.config.key.ScalarList;
import dev.pgbraid.config.key.Setting;
import dev.pgbraid.config.key.Values;
import dev.pgbraid.config.yaml.YamlNode.Entry;
import dev.pgbraid.config.yaml.YamlNode.Mapping;
import dev.pgbraid.config.yaml.YamlNode.Sequence;
import dev.pgbraid.config.yaml.YamlNode.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads a block by its description and gathers every problem on the way.
///
/// A value is present only when it and all it is made of are good; otherwise there is a problem that says why.
public final class BlockReader {
    private final References references;
    private final Problems problems;
    private final Map<String, Setting> settings;

    private BlockReader(References references, Problems problems, Map<String, Setting> settings) {
        this.references = references;
        this.problems = problems;
        this.settings = settings;
    }

    /// Reads `text`, which holds the keys of `block`, and puts what each comes to into `settings` by its path.
    public static <T> Optional<T> read(
            Block<T> block, String text, References references, Problems problems, Map<String, Setting> settings) {
        Optional<YamlNode> root = YamlParser.parse(text, problems);
        if (root.isEmpty() && !problems.isEmpty()) {
            return Optional.empty();
        }
        BlockReader reader = new BlockReader(references, problems, settings);
        YamlNode node = root.filter(present -> !isNull(present)).orElseGet(() -> Mapping.empty(Position.START));
        return reader.present(block, node, new Place("", List.of(), true));
    }

    /// The path of a value, the chosen names on it, and whether every key on it can be reloaded.
    private record Place(String path, List<String> names, boolean reloads) {
        Place at(String key) {
            return new Place(path.isEmpty() ? key : path + "." + key, names, reloads);
        }

        Place at(Key<?> key) {
            return new Place(at(key.name()).path, names, reloads && key.reloads());
        }

        Place named(String name) {
            List<String> longer = new ArrayList<>(names);
            longer.add(name);
            return new Place(at(name).path, List.copyOf(longer), reloads);
        }
    }

    private <T> Optional<T> value(Key<T> key, Mapping mapping, Place place) {
        Optional<YamlNode> node = mapping.find(key.name());
        if (node.isPresent()) {
            return present(key.kind(), node.get(), place.at(key));
        }
        if (key.kind() instanceof Block<T> block) {
            // If it has required keys they are what the file lacks, so they are what the problems name.
            return block(block, Mapping.empty(mapping.at()), place.at(key));
        }
        if (key.defaultValue().isEmpty()) {
            problems.add(mapping.at(), place.at(key).path, "is missing");
        }
        key.defaultValue().ifPresent(value -> note(place.at(key), value, key.defaultText()));
        return key.defaultValue();
    }

    private <T> Optional<T> present(Kind<T> kind, YamlNode node, Place place) {
        if (isNull(node)) {
            problems.add(node.at(), place.path, "has no value");
            return Optional.empty();
        }
        return switch (kind) {
            case Scalar<T> scalar -> scalar(scalar, node, place);
            case ScalarList<?, T> list -> list(list, node, place);
            case Block<T> block -> mapping(node, place).flatMap(mapping -> block(block, mapping, place));
            case NamedBlocks<?, T> blocks -> mapping(node, place).flatMap(mapping -> blocks(blocks, mapping, place));
        };
    }

    private void note(Place place, Object value, String shown) {
        settings.put(place.path, new Setting(value, shown, place.reloads));
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof Text text && text.isNull();
    }

    private Optional<Mapping> mapping(YamlNode node, Place place) {
        if (node instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        String what = node instanceof Text ? "a single value" : "a list";
        problems.add(node.at(), place.path, "must be a block of keys, is " + what);
        return Optional.empty();
    }

    private <E, T> Optional<T> list(ScalarList<E, T> list, YamlNode node, Place place) {
        if (!(node instanceof Sequence sequence)) {
            String what = node instanceof Mapping ? "a block" : "a single value";
            problems.add(node.at(), place.path, "must be a list such as [a, b], is " + what);
            return Optional.empty();
        }
        List<E> elements = new ArrayList<>();
        for (YamlNode element : sequence.elements()) {
            present(list.element(), element, place).ifPresent(elements::add);
        }
        if (elements.size() < sequence.elements().size()) {
            return Optional.empty();
        }
        note(
                place,
                elements,
                elements.stream().map(list.element()::show).toList().toString());
        return Optional.of(list.gathering().apply(elements));
    }

    private <T> Optional<T> scalar(Scalar<T> scalar, YamlNode node, Place place) {
        if (!(node instanceof Text text)) {
            String what = node instanceof Mapping ? "a block" : "a list";
            problems.add(node.at(), place.path, "must be a single value, is " + what);
            return Optional.empty();
        }
        References.Resolved resolved = references.resolve(text.text());
        resolved.problems().forEach(words -> problems.add(text.at(), place.path, words));
        if (!resolved.problems().isEmpty()) {
            return Optional.empty();
        }
        try {
            T value = scalar.read(resolved.text(), references.directory());
            // What a reference stands for may be a secret anywhere.
            note(place, value, text.text().contains("${") ? Shown.of(text.text()) : scalar.show(value));
            return Optional.of(value);
        } catch (BadValue bad) {
            // What is shown is what the file says, for the same reason.
            String shown = scalar.isSensitive() ? "" : ", is " + Shown.of(text.text());
            problems.add(text.at(), place.path, bad.words() + shown);
            return Optional.empty();
        }
    }

    private <T> Optional<T> block(Block<T> block, Mapping mapping, Place place) {
        findUnknown(block, mapping, place);
        findDuplicates(mapping, name -> block.find(name).isPresent(), place);
        Values.Builder values = new Values.Builder(place.names);
        block.keys().forEach(key -> put(values, key, mapping, place));
        if (!values.hasAll(block.keys())) {
            return Optional.empty();
        }
        try {
            return Optional.of(block.builder().apply(values.build()));
        } catch (BrokenInvariants broken) {
            for (BrokenInvariants.Violation violation : broken.violations()) {
                Position at = find(mapping, violation.path());
                problems.add(at, place.at(String.join(".", violation.path())).path, violation.message());
            }
            return Optional.empty();
        }
    }

    /// Where the value at `path` begins, or the last block on the way to it that is there.
    private static Position find(Mapping mapping, List<String> path) {
        YamlNode node = mapping;
        for (String key : path) {
            Optional<YamlNode> next = node instanceof Mapping inner ? inner.find(key) : Optional.empty();
            if (next.isEmpty()) {
                return node.at();
            }
            node = next.get();
        }
        return node.at();
    }

    private <T> void put(Values.Builder values, Key<T> key, Mapping mapping, Place place) {
        value(key, mapping, place).ifPresent(value -> values.put(key, value));
    }

    private <E, T> Optional<T> blocks(NamedBlocks<E, T> blocks, Mapping mapping, Place place) {
        boolean isDistinct = !findDuplicates(mapping, _ -> true, place);
        List<E> elements = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            name(blocks.name(), entry.key(), place)
                    .flatMap(name -> present(blocks.block(), entry.value(), place.named(name)))
                    .ifPresent(elements::add);
        }
        if (!isDistinct || elements.size() < mapping.entries().size()) {
            return Optional.empty();
        }
        List<String> names =
                mapping.entries().stream().map(entry -> entry.key().text()).toList();
        note(place, names, names.toString());
        return Optional.of(blocks.gathering().apply(elements));
    }

    private Optional<String> name(Key<String> key, Text text, Place place) {
        String objection = key.judge(text.text()).orElse("");
        if (text.isNull()) {
            objection = "must not be empty";
        } else if (text.text().contains("${")) {
            objection = "cannot be a reference";
        }
        if (objection.isEmpty()) {
            return Optional.of(text.text());
        }
        problems.add(text.at(), place.path, "the name " + Shown.of(text.text()) + " " + objection);
        return Optional.empty();
    }

    /// Whether a key that is `lookedFor` is given twice.
    private boolean findDuplicates(Mapping mapping, Predicate<String> lookedFor, Place place) {
        Map<String, Position> first = new HashMap<>();
        boolean found = false;
        for (Entry entry : mapping.entries()) {
            Text key = entry.key();
            Position earlier = lookedFor.test(key.text()) ? first.putIfAbsent(key.text(), key.at()) : null;
            if (earlier != null) {
                String path = place.at(Shown.bare(key.text())).path;
                problems.add(key.at(), path, "is given twice, first in line " + earlier.line());
                found = true;
            }
        }
        return found;
    }

    private void findUnknown(Block<?> block, Mapping mapping, Place place) {
        for (Entry entry : mapping.entries()) {
            Text key = entry.key();
            if (block.find(key.text()).isEmpty()) {
                problems.add(key.at(), pathOfUnknown(key, block, place), unknown(key, block));
            }
        }
    }

    /// In a block with a secret an unknown key is not named: in `{password: a,b}` the `b` is half of a password.
    private static String pathOfUnknown(Text key, Block<?> block, Place place) {
        return block.isSensitive() ? place.path : place.at(Shown.bare(key.text())).path;
    }

    private static String unknown(Text key, Block<?> block) {
        List<String> known = block.keys().stream().map(Key::name).toList();
        return Suggestion.of(key.text(), known)
                .map(close -> "unknown key; did you mean " + close + "?")
                .orElse("unknown key; known here: " + String.join(", ", known));
    }
}
