package dev.pgbraid.config.yaml;

import dev.pgbraid.config.yaml.YamlNode.Entry;
import dev.pgbraid.config.yaml.YamlNode.Mapping;
import dev.pgbraid.config.yaml.YamlNode.Sequence;
import dev.pgbraid.config.yaml.YamlNode.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Turns YAML text into nodes; the first error of syntax ends it.
final class YamlParser {
    private static final int DEPTH_MAX = 32;
    private static final int NODES_MAX = 100_000;

    private final Iterator<Event> events;
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();
    private final String text;
    private Position last = Position.START;
    private int nodes;

    private YamlParser(String text) {
        this.text = text;
        events = new Parse(LoadSettings.builder().build()).parseString(text).iterator();
    }

    /// The document in `text`; nothing when there is none or when it is not YAML, and then there is a problem.
    static Optional<YamlNode> parse(String text, Problems problems) {
        try {
            checkCharacters(text);
            return new YamlParser(text).document();
        } catch (SyntaxError error) {
            problems.add(error.at, "", error.words);
        }
        return Optional.empty();
    }

    private static void checkCharacters(String text) throws SyntaxError {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            if (!StreamReader.isPrintable(character)) {
                throw new SyntaxError(Position.in(text, i), "the character U+%04X is not allowed".formatted(character));
            }
        }
    }

    private Optional<YamlNode> document() throws SyntaxError {
        expect(Event.ID.StreamStart);
        if (next().getEventId() == Event.ID.StreamEnd) {
            return Optional.empty();
        }
        YamlNode root = node(next(), 0);
        expect(Event.ID.DocumentEnd);
        Event after = next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw new SyntaxError(position(after.getStartMark()), "a second document begins; a file holds one");
        }
        return Optional.of(root);
    }

    private void expect(Event.ID id) throws SyntaxError {
        Event event = next();
        if (event.getEventId() != id) {
            throw new IllegalStateException("the engine gave " + event.getEventId() + " instead of " + id);
        }
    }

    private Event next() throws SyntaxError {
        try {
            Event event = events.next();
            last = position(event.getStartMark());
            return event;
        } catch (MarkedYamlEngineException error) {
            throw new SyntaxError(position(error.getProblemMark()), EngineWords.of(error, text));
        } catch (YamlEngineException | NumberFormatException error) {
            // The engine words these without a position; the number is that of an escape such as \UFFFFFFFF.
            throw new SyntaxError(last, EngineWords.UNKNOWN);
        }
    }

    private YamlNode node(Event event, int depth) throws SyntaxError {
        Position at = position(event.getStartMark());
        if (depth > DEPTH_MAX) {
            throw new SyntaxError(at, "nested more than " + DEPTH_MAX + " levels deep");
        }
        YamlNode node = switch (event) {
            case AliasEvent alias -> anchored(alias, at);
            case ScalarEvent scalar -> text(scalar, at);
            case MappingStartEvent mapping -> mapping(mapping, at, depth);
            case CollectionStartEvent sequence -> sequence(sequence, at, depth);
            default -> throw new IllegalStateException("the parser gave " + event.getEventId());
        };
        if (!(event instanceof AliasEvent)) {
            ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        }
        return node;
    }

    private YamlNode anchored(AliasEvent alias, Position at) throws SyntaxError {
        YamlNode node = anchors.get(alias.getAlias());
        if (node == null) {
            throw new SyntaxError(at, "alias of an unknown anchor; a value that begins with * needs quotes");
        }
        count(node.size(), at);
        return node;
    }

    private Text text(ScalarEvent scalar, Position at) throws SyntaxError {
        refuseTag(scalar.getTag(), at);
        count(1, at);
        return new Text(at, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
    }

    private Mapping mapping(MappingStartEvent start, Position at, int depth) throws SyntaxError {
        refuseTag(start.getTag(), at);
        count(1, at);
        List<Entry> entries = new ArrayList<>();
        int size = 1;
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            if (!(node(event, depth + 1) instanceof Text key)) {
                throw new SyntaxError(position(event.getStartMark()), "a key must be text");
            }
            YamlNode value = node(next(), depth + 1);
            entries.add(new Entry(key, value));
            size += key.size() + value.size();
        }
        return new Mapping(at, entries, size);
    }

    private Sequence sequence(CollectionStartEvent start, Position at, int depth) throws SyntaxError {
        refuseTag(start.getTag(), at);
        count(1, at);
        List<YamlNode> elements = new ArrayList<>();
        int size = 1;
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            YamlNode element = node(event, depth + 1);
            elements.add(element);
            size += element.size();
        }
        return new Sequence(at, elements, size);
    }

    private static void refuseTag(Optional<String> tag, Position at) throws SyntaxError {
        if (tag.isPresent()) {
            throw new SyntaxError(at, "tags are not supported; a value that begins with ! needs quotes");
        }
    }

    /// Bounds what aliases of aliases of aliases could grow to.
    private void count(int more, Position at) throws SyntaxError {
        nodes += more;
        if (nodes > NODES_MAX) {
            throw new SyntaxError(at, "more than " + NODES_MAX + " values, aliases written out");
        }
    }

    private static Position position(Optional<Mark> mark) {
        return mark.map(known -> new Position(known.getLine() + 1, known.getColumn() + 1))
                .orElse(Position.START);
    }

    /// Ends the parsing of a text.
    private static final class SyntaxError extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Position at;
        private final String words;

        SyntaxError(Position at, String words) {
            super(words, null, false, false);
            this.at = at;
            this.words = words;
        }
    }
}
