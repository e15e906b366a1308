package dev.pgbraid.protocol.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/// Checks what must hold for every value a generator can make.
///
/// The values are the same in every run of the tests, so that a build is red for what it changed alone;
/// `-Dproperty.runs=…` tries that many new ones. A failure tells the seed and the simplest value found to fail:
/// `-Dproperty.seed=…` runs the same values again, and `-Dproperty.shrinks=0` shows the first failure as it is.
public final class Property {
    private static final boolean EXPLORES = System.getProperty("property.runs") != null;
    private static final int RUNS = Integer.getInteger("property.runs", 200);
    private static final int SHRINKS_MAX = Integer.getInteger("property.shrinks", 2000);

    /// How long a failure is made simpler, for checks that fail slowly.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Property() {}

    /// A check that fails by throwing.
    @FunctionalInterface
    public interface Check<T> {
        void check(T value) throws Exception;
    }

    public static <T> void forAll(Gen<T> gen, Check<T> check) {
        long seed = Long.getLong("property.seed", EXPLORES ? System.nanoTime() : 1);
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            Choices choices = Choices.random(random);
            Optional<Failure<T>> failure = attempt(gen, choices, check);
            if (failure.isPresent()) {
                throw report(seed, simplest(gen, check, failure.get()));
            }
        }
    }

    private record Failure<T>(List<Integer> choices, T value, Throwable problem) {}

    private static <T> Optional<Failure<T>> attempt(Gen<T> gen, Choices choices, Check<T> check) {
        T value = gen.make(choices);
        try {
            check.check(value);
            return Optional.empty();
        } catch (Exception | AssertionError problem) {
            return Optional.of(new Failure<>(choices.made(), value, problem));
        }
    }

    /// Takes any step that still fails and is simpler, until there is none or patience ends.
    private static <T> Failure<T> simplest(Gen<T> gen, Check<T> check, Failure<T> first) {
        Failure<T> best = first;
        int attempts = 0;
        Instant late = Instant.now().plus(PATIENCE);
        boolean simpler = true;
        while (simpler) {
            simpler = false;
            for (List<Integer> candidate : (Iterable<List<Integer>>) steps(best.choices())::iterator) {
                if (++attempts > SHRINKS_MAX || Instant.now().isAfter(late)) {
                    return best;
                }
                Optional<Failure<T>> failure = attempt(gen, Choices.replay(candidate), check);
                if (failure.isPresent() && isSimpler(failure.get().choices(), best.choices())) {
                    best = failure.get();
                    simpler = true;
                    break;
                }
            }
        }
        return best;
    }

    /// First fewer choices, whole runs of them at once; then each choice zero, halved, or less by less and less.
    private static Stream<List<Integer>> steps(List<Integer> choices) {
        Stream<List<Integer>> shorter = Stream.iterate(choices.size() / 2, length -> length > 0, length -> length / 2)
                .flatMap(length -> Stream.iterate(0, from -> from + length <= choices.size(), from -> from + length)
                        .map(from -> without(choices, from, length)));
        Stream<List<Integer>> smaller = Stream.iterate(0, index -> index < choices.size(), index -> index + 1)
                .flatMap(index -> Stream.iterate(choices.get(index), less -> less > 0, less -> less / 2)
                        .map(less -> with(choices, index, choices.get(index) - less)));
        return Stream.concat(shorter, smaller);
    }

    private static List<Integer> without(List<Integer> choices, int from, int length) {
        List<Integer> changed = new ArrayList<>(choices);
        changed.subList(from, from + length).clear();
        return changed;
    }

    private static List<Integer> with(List<Integer> choices, int index, int choice) {
        List<Integer> changed = new ArrayList<>(choices);
        changed.set(index, choice);
        return changed;
    }

    private static boolean isSimpler(List<Integer> choices, List<Integer> than) {
        if (choices.size() != than.size()) {
            return choices.size() < than.size();
        }
        return Arrays.compare(choices.toArray(Integer[]::new), than.toArray(Integer[]::new)) < 0;
    }

    private static AssertionError report(long seed, Failure<?> failure) {
        String value =
                failure.value() instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(failure.value());
        return new AssertionError(
                "fails for " + value + "\nrun again with -Dproperty.seed=" + seed + "\n"
                        + failure.problem().getMessage(),
                failure.problem());
    }
}
