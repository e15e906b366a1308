package dev.pgbraid.router.key;

import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import java.time.LocalDate;
import java.time.YearMonth;

/// Reads dates and timestamps in the one form that no setting changes the meaning of: `2026-11-21 15:40:00.5+01:00`.
///
/// PostgreSQL takes many more forms. Most depend on `DateStyle` or `TimeZone` or on the clock, so they are left
/// unproven, all of them.
final class DateTimeText {
    /// `infinity` and `-infinity`.
    static final long DATE_LAST = Integer.MAX_VALUE;

    static final long DATE_FIRST = Integer.MIN_VALUE;
    static final long TIMESTAMP_LAST = Long.MAX_VALUE;
    static final long TIMESTAMP_FIRST = Long.MIN_VALUE;

    /// 4714-11-24 BC and the day after 5874897-12-31, in days since 2000-01-01.
    private static final long DATE_MIN = -2_451_545;

    private static final long DATE_END = 2_145_031_949;

    /// 4714-11-24 00:00:00 BC and 294277-01-01 00:00:00, in microseconds since 2000-01-01.
    private static final long TIMESTAMP_MIN = -211_813_488_000_000_000L;

    static final long TIMESTAMP_END = 9_223_371_331_200_000_000L;

    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();
    private static final long SECOND_MICROS = 1_000_000;
    private static final long DAY_SECONDS = 86_400;
    private static final int FRACTION_DIGITS_MAX = 6;
    private static final int ZONE_HOURS_MAX = 15;

    private final KeyText text;
    private boolean isBroken;

    private DateTimeText(KeyText text) {
        this.text = text;
    }

    static boolean isDate(long days) {
        return days == DATE_FIRST || days == DATE_LAST || (days >= DATE_MIN && days < DATE_END);
    }

    static boolean isTimestamp(long micros) {
        return micros == TIMESTAMP_FIRST
                || micros == TIMESTAMP_LAST
                || (micros >= TIMESTAMP_MIN && micros < TIMESTAMP_END);
    }

    static KeyReading read(KeyText text) {
        text.skipBlanks();
        boolean isDate = text.type() == KeyType.DATE;
        if (text.skipLastWord("infinity")) {
            return new Proven(new Whole(isDate ? DATE_LAST : TIMESTAMP_LAST));
        }
        if (text.skipLastWord("-infinity")) {
            return new Proven(new Whole(isDate ? DATE_FIRST : TIMESTAMP_FIRST));
        }
        return new DateTimeText(text).date();
    }

    private KeyReading date() {
        int year = number(4);
        expect('-');
        int month = number(2);
        expect('-');
        int day = number(2);
        long micros = time();
        long secondsEast = text.type() == KeyType.TIMESTAMPTZ ? zone() : 0;
        if (isBroken || !text.isBlankToTheEnd()) {
            return unprovable();
        }
        if (!isDay(year, month, day)) {
            return new Invalid("22008", "date/time field value out of range: \"" + text + '"');
        }
        long days = LocalDate.of(year, month, day).toEpochDay() - EPOCH_DAY;
        return new Proven(new Whole(
                text.type() == KeyType.DATE ? days : (days * DAY_SECONDS - secondsEast) * SECOND_MICROS + micros));
    }

    private static boolean isDay(int year, int month, int day) {
        boolean hasMonth = year > 0 && month > 0 && month <= 12;
        return hasMonth && day > 0 && day <= YearMonth.of(year, month).lengthOfMonth();
    }

    /// Microseconds since midnight, which is meant when there is no time; but then there must be no zone.
    private long time() {
        boolean hasTime = text.peek() == 'T' || (text.peek() == ' ' && text.peek(1) > ' ');
        if (!hasTime) {
            isBroken |= text.type() == KeyType.TIMESTAMPTZ;
            return 0;
        }
        text.skip(1);
        long minutes = number(2, 23) * 60L;
        expect(':');
        minutes += number(2, 59);
        if (!text.skipIf(':')) {
            // A fraction here would make the server take what came before for minutes and seconds.
            return minutes * 60 * SECOND_MICROS;
        }
        int second = number(2, 59);
        int fraction = text.skipIf('.') ? fraction() : 0;
        return (minutes * 60 + second) * SECOND_MICROS + fraction;
    }

    private int fraction() {
        int fraction = 0;
        int places = 0;
        for (int digit = text.digit(); digit >= 0; digit = text.digit()) {
            fraction = places < FRACTION_DIGITS_MAX ? 10 * fraction + digit : fraction;
            places++;
        }
        // More places are rounded, by the floating point of the server.
        isBroken |= places == 0 || places > FRACTION_DIGITS_MAX;
        for (; places < FRACTION_DIGITS_MAX; places++) {
            fraction *= 10;
        }
        return fraction;
    }

    /// Seconds east of Greenwich: `Z`, `+hh`, `+hhmm`, `+hh:mm` or, from before there were zones, `+hh:mm:ss`.
    private long zone() {
        if (text.skipIf('Z')) {
            return 0;
        }
        boolean isWest = text.skipIf('-');
        if (!isWest) {
            expect('+');
        }
        long minutes = number(2, ZONE_HOURS_MAX) * 60L;
        if (text.skipIf(':') || Character.isDigit(text.peek())) {
            minutes += number(2, 59);
        }
        long seconds = 60 * minutes + (text.skipIf(':') ? number(2, 59) : 0);
        return isWest ? -seconds : seconds;
    }

    private void expect(char wanted) {
        isBroken |= !text.skipIf(wanted);
    }

    private int number(int digits, int max) {
        int number = number(digits);
        isBroken |= number > max;
        return number;
    }

    private int number(int digits) {
        int number = 0;
        for (int i = 0; i < digits; i++) {
            int digit = text.digit();
            isBroken |= digit < 0;
            number = 10 * number + digit;
        }
        return number;
    }

    private Unprovable unprovable() {
        String example = switch (text.type()) {
            case DATE -> "2026-11-21";
            case TIMESTAMP -> "2026-11-21 15:40:00";
            default -> "2026-11-21 15:40:00+00";
        };
        return new Unprovable("is not in the form that means the same in every session, " + example);
    }
}
