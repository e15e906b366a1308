package dev.pgbraid.router.analysis;

import dev.pgbraid.router.lexer.TokenKind;

/// The literals of a statement, by the numbers that their tokens have in the text that was analyzed.
///
/// A text of the same shape can be another one: its literals have other values, and the lists and rows that are groups
/// of [dev.pgbraid.router.shape.Shape] have other lengths. All literals of a group are found by the tokens that its
/// first member has in the text that was analyzed; the tokens of the other members have none.
///
/// What is said of a literal is said of the one that was selected last. Belongs to one thread.
public interface Literals {
    /// How many literals stand for the one at `token`: 1 outside of groups; as many as the group has members for a
    /// literal of its first member; 0 for a literal of another member.
    int count(int token);

    /// Turns to one of the literals at `token`.
    ///
    /// @param index from 0 to before [#count]
    void select(int token, int index);

    /// Which notation it is in.
    TokenKind kind();

    /// Which sign the literal brings along in place of that in the text that was analyzed.
    Sign sign();

    /// Bytes among which its value is: the digits of a number; the characters of a string in UTF-8, without quotes and
    /// with escapes resolved.
    byte[] bytes();

    /// Where its value begins.
    int from();

    /// Where its value ends.
    int to();

    /// What stands before a number and belongs to it.
    enum Sign {
        /// Outside of groups, signs are part of the shape: it has the sign that was analyzed.
        AS_ANALYZED,
        PLUS,
        MINUS
    }
}
