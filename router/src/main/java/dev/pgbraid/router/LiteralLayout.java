package dev.pgbraid.router;

import dev.pgbraid.router.shape.Shape;

/// Where the tokens of a text that was analyzed are in other texts of its shape.
///
/// Outside of groups the tokens of both texts follow one another alike, so a token is as far behind the last group
/// before it in the one as in the other. Inside of a group, signs may come and go, so literals are counted instead.
final class LiteralLayout {
    static final int NONE = -1;

    private static final int NO_GROUP = -1;

    /// The group that a token is in, or [#NO_GROUP].
    private final int[] groups;
    /// Outside of groups: the last group before the token, or [#NO_GROUP].
    private final int[] anchors;
    /// Inside of a group: which literal of its first member the token is, or [#NONE]. Outside: how far it is behind the
    /// end of the last group, or behind the start of the statement.
    private final int[] places;
    /// How many literals a member of each group has.
    private final int[] widths;

    /// Keeps the layout of a shape, which was read from the only statement of its text.
    ///
    /// @param tokens how many tokens the text has
    LiteralLayout(Shape shape, int tokens) {
        groups = new int[tokens];
        anchors = new int[tokens];
        places = new int[tokens];
        widths = new int[shape.groupCount()];
        int from = 0;
        for (int group = 0; group < widths.length; group++) {
            outside(from, shape.groupFirstToken(group), group - 1);
            inside(shape, group);
            from = shape.groupTokensEnd(group);
        }
        outside(from, tokens, widths.length - 1);
    }

    private void outside(int from, int to, int anchor) {
        for (int token = from; token < to; token++) {
            groups[token] = NO_GROUP;
            anchors[token] = anchor;
            places[token] = token - from;
        }
    }

    private void inside(Shape shape, int group) {
        for (int token = shape.groupFirstToken(group); token < shape.groupTokensEnd(group); token++) {
            groups[token] = group;
            places[token] = NONE;
        }
        int first = shape.groupFirstSlot(group);
        int end = first;
        while (end < shape.slotCount() && shape.slotToken(end) < shape.groupTokensEnd(group)) {
            end++;
        }
        widths[group] = (end - first) / shape.groupSize(group);
        for (int place = 0; place < widths[group]; place++) {
            places[shape.slotToken(first + place)] = place;
        }
    }

    /// How many tokens of a text of `shape` stand for a token of the text that was analyzed.
    int count(Shape shape, int token) {
        if (token >= groups.length) {
            return 0;
        }
        int group = groups[token];
        if (group == NO_GROUP) {
            return 1;
        }
        return places[token] == NONE ? 0 : shape.groupSize(group);
    }

    /// The slot of the literal that stands for one inside of a group, or [#NONE] outside of groups.
    int slot(Shape shape, int token, int index) {
        int group = groups[token];
        return group == NO_GROUP ? NONE : shape.groupFirstSlot(group) + index * widths[group] + places[token];
    }

    /// The token that stands for one outside of groups.
    ///
    /// @param first the first token of the statement
    int token(Shape shape, int token, int first) {
        int anchor = anchors[token];
        return (anchor == NO_GROUP ? first : shape.groupTokensEnd(anchor)) + places[token];
    }

    /// About how much memory this takes.
    int bytes() {
        return 3 * Integer.BYTES * groups.length;
    }
}
