package dev.pgbraid.router.binding;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// The words that PostgreSQL reads as another moment each time: those in `'now'::timestamptz` and the like.
public final class TimeWords {
    private static final List<String> WORDS = List.of("now", "today", "tomorrow", "yesterday");

    private TimeWords() {}

    /// Whether one of them stands in the text `bytes[from..to)` between anything but letters.
    public static boolean areIn(byte[] bytes, int from, int to) {
        int start = from;
        for (int at = from; at <= to; at++) {
            if (at < to && isLetter(bytes[at])) {
                continue;
            }
            if (isOne(bytes, start, at)) {
                return true;
            }
            start = at + 1;
        }
        return false;
    }

    private static boolean isLetter(byte character) {
        int lower = character | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private static boolean isOne(byte[] bytes, int from, int to) {
        for (String word : WORDS) {
            if (word.length() == to - from
                    && word.equalsIgnoreCase(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1))) {
                return true;
            }
        }
        return false;
    }
}
