package dev.pgbraid.router.parse;

import dev.pgbraid.router.parse.Skeleton.Kind;
import dev.pgbraid.router.parse.Skeleton.Slot;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.FromItem;

/// The parts of a skeleton, by the names that JSqlParser has for them. Each is read exactly once, so that nothing of
/// a statement is left out.
final class Slots {
    private final Cursor in;
    private final List<Slot> slots;
    private final BitSet taken = new BitSet();

    Slots(Cursor in, Skeleton skeleton) {
        this.in = in;
        this.slots = skeleton.slots();
    }

    Kind kind(Expression expression) {
        return slots.get(number(name(expression))).kind();
    }

    Slot take(Expression expression) {
        return take(name(expression));
    }

    Slot take(FromItem item) {
        if (!(item instanceof Table table) || table.getAlias() != null) {
            throw in.refuse("something else stands where a table should be");
        }
        return take(table.getName());
    }

    Slot take(String name) {
        int number = number(name);
        if (taken.get(number)) {
            throw in.refuse("a part of it is in two places");
        }
        taken.set(number);
        return slots.get(number);
    }

    private String name(Expression expression) {
        if (!(expression instanceof Column column) || column.getTable() != null) {
            throw in.refuse("something else stands where an expression should be");
        }
        return column.getColumnName();
    }

    private int number(String name) {
        if (!name.startsWith("\"~") || !name.endsWith("\"")) {
            throw in.refuse("a part of it has another name");
        }
        return Integer.parseInt(name.substring(2, name.length() - 1));
    }

    /// Reads all tokens of a part.
    <T> T read(Slot slot, Supplier<T> reader) {
        int position = in.position();
        in.moveTo(slot.span().first());
        T read = in.within(slot.span().end(), reader);
        in.moveTo(position);
        return read;
    }

    void checkAllTaken() {
        if (taken.cardinality() < slots.size()) {
            throw in.refuse("a part of it is lost");
        }
    }
}
