package dev.pgbraid.protocol.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Makes random values. Of two choices the smaller one should make the simpler value.
@FunctionalInterface
public interface Gen<T> {
    T make(Choices choices);

    default <U> Gen<U> map(Function<? super T, ? extends U> function) {
        return choices -> function.apply(make(choices));
    }

    default <U> Gen<U> flatMap(Function<? super T, Gen<U>> function) {
        return choices -> function.apply(make(choices)).make(choices);
    }

    /// A number of values, the same ones for the same source.
    static <T> List<T> samples(Gen<T> gen, RandomGenerator source, int count) {
        return Stream.generate(() -> gen.make(Choices.random(source)))
                .limit(count)
                .toList();
    }

    static <T> Gen<T> constant(T value) {
        return _ -> value;
    }

    /// Whole numbers in `min..max`.
    static Gen<Integer> between(int min, int max) {
        return choices -> min + choices.below(max - min + 1);
    }

    /// Any `Int32`, and the extreme ones often.
    static Gen<Integer> int32() {
        Gen<Integer> any = choices -> choices.below(1 << 16) << 16 | choices.below(1 << 16);
        return oneOf(List.of(between(0, 100), of(List.of(-1, Integer.MAX_VALUE, Integer.MIN_VALUE)), any));
    }

    static <T> Gen<T> of(List<T> values) {
        return choices -> values.get(choices.below(values.size()));
    }

    static <E extends Enum<E>> Gen<E> of(Class<E> type) {
        return of(List.of(type.getEnumConstants()));
    }

    static <T> Gen<T> oneOf(List<Gen<T>> gens) {
        return choices -> gens.get(choices.below(gens.size())).make(choices);
    }

    /// Lists of up to `sizeMax` elements. Each element follows a choice of its own, so that any of them can be left
    /// out.
    static <T> Gen<List<T>> listOf(int sizeMax, Gen<T> element) {
        return choices -> {
            List<T> list = new ArrayList<>();
            while (list.size() < sizeMax && choices.below(sizeMax) > 0) {
                list.add(element.make(choices));
            }
            return list;
        };
    }

    static Gen<byte[]> bytes(int lengthMax) {
        return listOf(lengthMax, between(0, 0xFF)).map(list -> {
            byte[] bytes = new byte[list.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = list.get(i).byteValue();
            }
            return bytes;
        });
    }
}
