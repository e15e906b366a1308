package dev.pgbraid.config.yaml;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Guesses which key was meant.
final class Suggestion {
    /// Nobody's slip; it also keeps the comparison cheap.
    private static final int LENGTH_MAX = 64;

    private Suggestion() {}

    /// The one of `known` that `written` is a slip of; a different way to join words counts for nothing.
    static Optional<String> of(String written, List<String> known) {
        if (written.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String bare = bare(written);
        return known.stream()
                .filter(key -> distance(bare, bare(key)) <= Math.max(1, key.length() / 3))
                .min(Comparator.comparingInt(key -> distance(bare, bare(key))));
    }

    private static String bare(String key) {
        return key.replaceAll("[-_. ]", "").toLowerCase(Locale.ROOT);
    }

    /// How many characters must be put in, left out, replaced or swapped with their neighbour.
    private static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(last[j], current[j - 1]));
                if (isSwap(from, i, to, j)) {
                    current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = current;
        }
        return last[to.length()];
    }

    private static boolean isSwap(String from, int i, String to, int j) {
        return i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }
}
