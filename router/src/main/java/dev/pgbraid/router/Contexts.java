package dev.pgbraid.router;

import dev.pgbraid.router.plan.Perspective;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Gives each perspective a number, the same for those that differ only in where their session wants to run.
///
/// Perspectives that were not used for long get another number when they come again.
final class Contexts {
    private static final int PERSPECTIVES_MAX = 4096;

    private final Map<Perspective, Integer> numbers = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Perspective, Integer> eldest) {
            return size() > PERSPECTIVES_MAX;
        }
    };

    private int last;

    int number(Perspective perspective) {
        Integer number = numbers.get(perspective);
        if (number == null) {
            number = hasWish(perspective) ? number(withoutWish(perspective)) : ++last;
            numbers.put(perspective, number);
        }
        return number;
    }

    static boolean hasWish(Perspective perspective) {
        return perspective.shard().isPresent() || perspective.key().isPresent();
    }

    private static Perspective withoutWish(Perspective perspective) {
        return new Perspective(
                perspective.rules(),
                perspective.user(),
                perspective.searchPath(),
                perspective.temporary(),
                Optional.empty(),
                Optional.empty());
    }
}
