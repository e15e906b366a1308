package dev.pgbraid.router.binding;

import dev.pgbraid.router.key.KeyType;
import java.util.List;

/// A value that is the same wherever it stands in the statement, as far as it can be computed here.
public sealed interface Term {

    /// A string without a type of its own: it has that of what it is compared with.
    record Text(int token) implements Term {}

    /// A number.
    ///
    /// @param negative whether a minus sign stands before it
    /// @param type what PostgreSQL takes it for: `integer`, `bigint` or `numeric`, which is part of a shape
    record Numeral(int token, boolean negative, KeyType type) implements Term {}

    record Bool(boolean value) implements Term {}

    record Null() implements Term {}

    /// What the client gives.
    ///
    /// @param number as in `$1`
    record Parameter(int number) implements Term {}

    /// A conversion to a type without a modifier.
    record Cast(Term operand, KeyType type) implements Term {}

    /// Arithmetic with integers.
    ///
    /// @param operator `+`, `-` or `*`
    record Arithmetic(char operator, Term left, Term right) implements Term {}

    /// The elements of an array of one dimension that is written as such: `ARRAY[1, 2]`.
    record Elements(List<Term> elements) implements Term {
        public Elements {
            elements = List.copyOf(elements);
        }
    }

    /// An array in the text or binary form of one.
    ///
    /// @param array a text or a parameter
    /// @param isTyped whether it is converted to an array of `element`, and not only compared with such
    record Array(Term array, KeyType element, boolean isTyped) implements Term {}

    /// What a text of the catalog says, such as the definition of a view.
    ///
    /// @param isNumber whether it is a number; if not it is a string without a type
    record Fixed(String text, boolean isNumber) implements Term {}
}
