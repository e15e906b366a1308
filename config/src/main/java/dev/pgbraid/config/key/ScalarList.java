package dev.pgbraid.config.key;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A list of single values of one kind, in brackets or with dashes.
///
/// @param element the kind of each
/// @param gathering makes the value of the elements; with `elements` it ties `T` to `E` so that a reader needs no cast
/// @param elements the elements of a value
public record ScalarList<E, T>(Scalar<E> element, Function<List<E>, T> gathering, Function<T, List<E>> elements)
        implements Kind<T> {

    public static <E> ScalarList<E, List<E>> of(Scalar<E> element) {
        return new ScalarList<>(element, List::copyOf, Function.identity());
    }

    Optional<String> judge(T value) {
        return elements.apply(value).stream()
                .map(element::judge)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
