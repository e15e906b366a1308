package dev.pgbraid.protocol.auth;

import java.util.Arrays;

/// A set of Unicode code points, held as sorted ranges.
final class CodePointSet {
    private static final int HEXADECIMAL = 16;

    private final int[] starts;
    private final int[] ends;

    private CodePointSet(int[] starts, int[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    /// Reads ascending code points and ranges in hexadecimal, such as `A0 2000-200B`.
    static CodePointSet parse(String text) {
        String[] ranges = text.strip().split("\\s+", -1);
        int[] starts = new int[ranges.length];
        int[] ends = new int[ranges.length];
        for (int i = 0; i < ranges.length; i++) {
            int dash = ranges[i].indexOf('-');
            starts[i] = Integer.parseInt(dash < 0 ? ranges[i] : ranges[i].substring(0, dash), HEXADECIMAL);
            ends[i] = Integer.parseInt(ranges[i].substring(dash + 1), HEXADECIMAL);
        }
        return new CodePointSet(starts, ends);
    }

    boolean contains(int codePoint) {
        int found = Arrays.binarySearch(starts, codePoint);
        // A miss is told as -(insertion point) - 1; the range that may hold it is the one before.
        int range = found >= 0 ? found : -found - 2;
        return range >= 0 && codePoint <= ends[range];
    }
}
