package dev.pgbraid.proxy.control.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A value of JSON. Numbers are whole.
public sealed interface Json {

    record Text(String text) implements Json {}

    record Whole(long number) implements Json {}

    record Flag(boolean flag) implements Json {}

    record Null() implements Json {}

    record Array(List<Json> elements) implements Json {
        public Array {
            elements = List.copyOf(elements);
        }
    }

    /// The members of an object in their order.
    record Members(SequencedMap<String, Json> members) implements Json {
        public Members {
            members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        }

        /// The member of that name, unless it is absent or null.
        public Optional<Json> find(String name) {
            return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof Null));
        }

        /// The member of that name.
        ///
        /// @throws JsonException if there is none
        public Json get(String name) {
            return find(name).orElseThrow(() -> new JsonException(name + " is missing"));
        }
    }

    /// The text that this is.
    ///
    /// @throws JsonException if it is something else
    default String text() {
        return switch (this) {
            case Text(String text) -> text;
            case Whole _, Flag _, Null _, Array _, Members _ -> throw new JsonException("not a text: " + this);
        };
    }

    /// The number that this is.
    ///
    /// @throws JsonException if it is something else
    default long number() {
        return switch (this) {
            case Whole(long number) -> number;
            case Text _, Flag _, Null _, Array _, Members _ -> throw new JsonException("not a number: " + this);
        };
    }

    /// The elements of the array that this is.
    ///
    /// @throws JsonException if it is something else
    default List<Json> elements() {
        return switch (this) {
            case Array(List<Json> elements) -> elements;
            case Text _, Whole _, Flag _, Null _, Members _ -> throw new JsonException("not an array: " + this);
        };
    }

    /// The object that this is.
    ///
    /// @throws JsonException if it is something else
    default Members object() {
        if (this instanceof Members members) {
            return members;
        }
        throw new JsonException("not an object: " + this);
    }

    /// The texts in the array that this is.
    ///
    /// @throws JsonException if it is something else
    default List<String> texts() {
        return elements().stream().map(Json::text).toList();
    }

    static Json ofTexts(List<String> texts) {
        return new Array(texts.stream().<Json>map(Text::new).toList());
    }

    /// Reads a text that is one value.
    ///
    /// @throws JsonException if it is not
    static Json read(String text) {
        return new JsonReader(text).whole();
    }

    /// The value on one line.
    default String write() {
        StringBuilder out = new StringBuilder();
        JsonWriter.write(out, this);
        return out.toString();
    }
}
