package dev.pgbraid.config.key;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// A kind of single value: how it is read from text, which values are good, and how one is shown.
///
/// @param type the kind in words, as the reference table shows it
/// @param isSensitive whether a value must never be shown
/// @param reading makes a value of its text
/// @param showing makes text of a value, as it would be written in the file
/// @param judging what is wrong with a value, in words that follow the name of a key
public record Scalar<T>(
        String type,
        boolean isSensitive,
        Reading<T> reading,
        Function<T, String> showing,
        Function<T, Optional<String>> judging)
        implements Kind<T> {

    /// Makes a value of its text; a path is relative to `directory`, which holds the configuration file.
    @FunctionalInterface
    public interface Reading<T> {
        T read(String text, Path directory) throws BadValue;
    }

    public static <T> Scalar<T> of(String type, Reading<T> reading, Function<T, String> showing) {
        return new Scalar<>(type, false, reading, showing, _ -> Optional.empty());
    }

    /// One of the constants of an enum, written in kebab-case.
    public static <E extends Enum<E>> Scalar<E> choice(List<E> constants) {
        String names =
                String.join(", ", constants.stream().map(Scalar::kebabCase).toList());
        Reading<E> reading = (text, _) -> constants.stream()
                .filter(constant -> kebabCase(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new BadValue("must be one of " + names));
        return of(names, reading, Scalar::kebabCase);
    }

    private static String kebabCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The same kind with bounds, both included.
    public static <T extends Comparable<T>> Scalar<T> between(Scalar<T> scalar, T min, T max) {
        String shownMin = scalar.show(min);
        String shownMax = scalar.show(max);
        return scalar.where(value -> value.compareTo(min) >= 0, "must be at least " + shownMin)
                .where(value -> value.compareTo(max) <= 0, "must be at most " + shownMax)
                .named(scalar.type + ", " + shownMin + " to " + shownMax);
    }

    /// The same kind, but only values that pass `test`; the words follow the name of the key.
    public Scalar<T> where(Predicate<T> test, String otherwise) {
        Function<T, Optional<String>> both =
                value -> judge(value).or(() -> test.test(value) ? Optional.empty() : Optional.of(otherwise));
        return new Scalar<>(type, isSensitive, reading, showing, both);
    }

    /// The same kind by another name.
    public Scalar<T> named(String otherType) {
        return new Scalar<>(otherType, isSensitive, reading, showing, judging);
    }

    /// The same kind, never shown.
    public Scalar<T> sensitive() {
        return new Scalar<>(type, true, reading, _ -> "***", judging);
    }

    Scalar<Optional<T>> optional() {
        return new Scalar<>(
                type,
                isSensitive,
                (text, directory) -> Optional.of(reading.read(text, directory)),
                value -> value.map(showing).orElse(""),
                value -> value.flatMap(judging));
    }

    public T read(String text, Path directory) throws BadValue {
        T value = reading.read(text, directory);
        Optional<String> objection = judge(value);
        if (objection.isPresent()) {
            throw new BadValue(objection.get());
        }
        return value;
    }

    public String show(T value) {
        return showing.apply(value);
    }

    public Optional<String> judge(T value) {
        return judging.apply(value);
    }
}
