package dev.pgbraid.protocol.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The random numbers from which a value is made, recorded so that the value can be made again, or made smaller.
///
/// A value is shrunk by shrinking these: fewer and smaller choices give a simpler value, whatever its type, so
/// generators that are mapped and combined shrink without being told how. A choice that is missing is zero.
public final class Choices {
    private final RandomGenerator source;
    private final List<Integer> given;
    private final List<Integer> made = new ArrayList<>();

    private Choices(RandomGenerator source, List<Integer> given) {
        this.source = source;
        this.given = given;
    }

    static Choices random(RandomGenerator source) {
        return new Choices(source, List.of());
    }

    static Choices replay(List<Integer> choices) {
        return new Choices(() -> 0L, choices);
    }

    /// A number in `0..bound-1`.
    public int below(int bound) {
        int index = made.size();
        int choice = index < given.size() ? Math.min(given.get(index), bound - 1) : source.nextInt(bound);
        made.add(choice);
        return choice;
    }

    List<Integer> made() {
        return List.copyOf(made);
    }
}
