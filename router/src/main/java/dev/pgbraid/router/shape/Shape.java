package dev.pgbraid.router.shape;

import dev.pgbraid.router.lexer.Rows;
import dev.pgbraid.router.lexer.Tokens;
import java.util.HexFormat;

/// A statement without its literals, which are kept as slots, in the order of the text.
///
/// It is used again for every statement, and valid until the next one is read. The literals of an `IN` list of literals
/// and the rows of a `VALUES` list that are alike are one *group*: how many there are is not part of the shape.
///
/// Not part of it either: comments, but for the names of hints; the case of words without quotes; blanks. Part of it
/// are parameters by their numbers; the type of a literal as its text tells it (string, integer of 32 or 64 bits,
/// numeric, bits); signs before numbers outside of groups; and whole, the numbers that can be ordinals, the lengths of
/// types, the arguments of functions that change the session, and every literal of a statement that is no query.
public final class Shape {
    static final int NO_GROUP = -1;

    private final ShapeWriter writer = new ShapeWriter(this);

    /// Token, group or [#NO_GROUP], 1 for a minus sign inside the slot, 1 if a sign would be inside of it.
    final Rows slots = new Rows();
    /// First slot, number of members, first token, token after the last.
    final Rows groups = new Rows();
    /// Group, first token, token after the last, first slot.
    final Rows members = new Rows();
    private final Hints hints = new Hints();

    private long high;

    public void read(Tokens tokens, int statement) {
        slots.clear();
        groups.clear();
        members.clear();
        hints.read(tokens, statement);
        writer.write(tokens, tokens.firstToken(statement), tokens.tokensEnd(statement));
        for (int hint = 0; hint < hints.count(); hint++) {
            writer.writeHint(tokens.text(), hints.nameStart(hint), hints.nameEnd(hint));
        }
        high = Fingerprint.FIRST.of(bytes(), 0, length());
    }

    byte[] bytes() {
        return writer.bytes();
    }

    int length() {
        return writer.length();
    }

    long high() {
        return high;
    }

    /// The 128 bits of the fingerprint as hexadecimal digits. Another process has others for the same shape.
    public String fingerprint() {
        long low = Fingerprint.SECOND.of(bytes(), 0, length());
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    public int slotCount() {
        return slots.count();
    }

    /// The token of a literal.
    public int slotToken(int slot) {
        return slots.cell(slot, 0);
    }

    /// Whether a minus sign that belongs to the slot stands before its token.
    public boolean isNegative(int slot) {
        return slots.cell(slot, 2) == 1;
    }

    /// Whether a sign that stands before the token belongs to the slot. Any other one is part of the shape.
    public boolean ownsSign(int slot) {
        return slots.cell(slot, 3) == 1;
    }

    public int groupCount() {
        return groups.count();
    }

    public int groupFirstSlot(int group) {
        return groups.cell(group, 0);
    }

    /// How many literals or rows a group has.
    public int groupSize(int group) {
        return groups.cell(group, 1);
    }

    /// The first token of the first member of a group.
    public int groupFirstToken(int group) {
        return groups.cell(group, 2);
    }

    /// The token after the last one of the last member of a group.
    public int groupTokensEnd(int group) {
        return groups.cell(group, 3);
    }

    /// The number of members of all groups. They are in the order of the text.
    public int memberCount() {
        return members.count();
    }

    public int memberGroup(int member) {
        return members.cell(member, 0);
    }

    public int memberFirstToken(int member) {
        return members.cell(member, 1);
    }

    public int memberTokensEnd(int member) {
        return members.cell(member, 2);
    }

    public int memberFirstSlot(int member) {
        return members.cell(member, 3);
    }

    public Hints hints() {
        return hints;
    }
}
