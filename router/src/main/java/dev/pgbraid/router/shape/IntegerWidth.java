package dev.pgbraid.router.shape;

/// Which type PostgreSQL gives an integer: the narrowest that holds it.
final class IntegerWidth {
    static final byte INT4 = 'i';
    static final byte INT8 = 'j';
    static final byte NUMERIC = 'n';

    private IntegerWidth() {}

    static byte mark(byte[] text, int start, int end) {
        int base = base(text, start, end);
        long value = 0;
        for (int at = base == 10 ? start : start + 2; at < end; at++) {
            if (text[at] != '_') {
                int digit = Character.digit(text[at], base);
                if (value > (Long.MAX_VALUE - digit) / base) {
                    return NUMERIC;
                }
                value = value * base + digit;
            }
        }
        return value > Integer.MAX_VALUE ? INT8 : INT4;
    }

    private static int base(byte[] text, int start, int end) {
        if (end - start < 2) {
            return 10;
        }
        return switch (text[start + 1]) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }
}
