package dev.pgbraid.router.lexer;

/// A table of four numbers per row that is filled again and again without allocating.
public final class Rows {
    private static final int WIDTH = 4;
    private static final int ROWS_INITIALLY = 64;
    /// A longer table is let go when it is cleared, so that one huge text does not hold memory for ever.
    private static final int ROWS_KEPT = 16 * 1024;

    private int[] cells = new int[ROWS_INITIALLY * WIDTH];
    private int count;

    public int count() {
        return count;
    }

    /// How many rows there is room for.
    int capacity() {
        return cells.length / WIDTH;
    }

    public void clear() {
        count = 0;
        if (cells.length > ROWS_KEPT * WIDTH) {
            cells = new int[ROWS_INITIALLY * WIDTH];
        }
    }

    public void add(int first, int second, int third, int fourth) {
        int at = count * WIDTH;
        if (at == cells.length) {
            grow();
        }
        cells[at] = first;
        cells[at + 1] = second;
        cells[at + 2] = third;
        cells[at + 3] = fourth;
        count++;
    }

    public int cell(int row, int column) {
        return cells[row * WIDTH + column];
    }

    public void set(int row, int column, int value) {
        cells[row * WIDTH + column] = value;
    }

    /// Keeps the first rows only.
    public void truncate(int rows) {
        count = rows;
    }

    private void grow() {
        int[] larger = new int[Math.multiplyExact(cells.length, 2)];
        System.arraycopy(cells, 0, larger, 0, cells.length);
        cells = larger;
    }
}
