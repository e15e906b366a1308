package dev.pgbraid.router.tree;

import java.util.List;
import java.util.Optional;

/// What has a value for each row. Parentheses leave no trace but in the spans around them.
public sealed interface Expression extends Node {

    /// A column, with the names of its table and schema if they are written. It can also be a field of a column, or
    /// the row of a table: only who knows the tables can tell.
    record Column(Span span, List<String> name) implements Expression {
        public Column {
            name = List.copyOf(name);
        }
    }

    /// `*`, or all columns of what is named before it.
    record Star(Span span, List<String> qualifier) implements Expression {
        public Star {
            qualifier = List.copyOf(qualifier);
        }
    }

    /// A string, a bit string or a number without a sign, or one of the words `NULL`, `TRUE` and `FALSE`.
    ///
    /// @param token the one that it is
    record Literal(Span span, int token) implements Expression {}

    /// `$1`
    record Parameter(Span span, int number) implements Expression {}

    /// The word `DEFAULT` where a column is given a value.
    record Default(Span span) implements Expression {}

    /// A conversion in any notation: `CAST`, `::`, or a type before a string.
    record Cast(Span span, Expression operand, Type type) implements Expression {}

    /// Operands joined by `AND`, as many as stand side by side.
    record And(Span span, List<Expression> operands) implements Expression {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /// Operands joined by `OR`, as many as stand side by side.
    record Or(Span span, List<Expression> operands) implements Expression {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    record Not(Span span, Expression operand) implements Expression {}

    /// An operator between two operands, comparisons among them.
    record Binary(Span span, Operator operator, Expression left, Expression right) implements Expression {}

    /// An operator before its operand.
    record Prefix(Span span, Operator operator, Expression operand) implements Expression {}

    /// `IS NULL` and the like.
    record Is(Span span, Expression operand, Property property, boolean negated) implements Expression {}

    /// `IS [NOT] DISTINCT FROM`
    record DistinctFrom(Span span, Expression left, Expression right, boolean negated) implements Expression {}

    record Between(Span span, Expression operand, Expression low, Expression high, boolean symmetric, boolean negated)
            implements Expression {}

    record Like(
            Span span,
            Pattern kind,
            Expression operand,
            Expression pattern,
            Optional<Expression> escape,
            boolean negated)
            implements Expression {}

    /// `IN` with a list.
    record InList(Span span, Expression operand, List<Expression> values, boolean negated) implements Expression {
        public InList {
            values = List.copyOf(values);
        }
    }

    record InQuery(Span span, Expression operand, Query query, boolean negated) implements Expression {}

    /// A comparison with the elements of an array: `= ANY (…)`.
    record QuantifiedArray(Span span, Expression left, Operator operator, Quantifier quantifier, Expression array)
            implements Expression {}

    /// A comparison with the rows of a query: `= ANY (SELECT …)`.
    record QuantifiedQuery(Span span, Expression left, Operator operator, Quantifier quantifier, Query query)
            implements Expression {}

    /// Several expressions in parentheses.
    ///
    /// @param explicit whether the word `ROW` is before them; without it `GROUP BY` takes them for a list
    record Row(Span span, List<Expression> fields, boolean explicit) implements Expression {
        public Row {
            fields = List.copyOf(fields);
        }
    }

    /// A function, an aggregate or a window function.
    ///
    /// @param arguments none for the star of `count(*)`
    /// @param orderBy of the arguments, or of `WITHIN GROUP`
    record Call(
            Span span,
            List<String> name,
            List<Argument> arguments,
            boolean star,
            boolean distinct,
            List<SortItem> orderBy,
            boolean withinGroup,
            Optional<Expression> filter,
            Optional<Window> over)
            implements Expression {
        public Call {
            name = List.copyOf(name);
            arguments = List.copyOf(arguments);
            orderBy = List.copyOf(orderBy);
        }
    }

    /// `COALESCE` and its relatives, which look like functions.
    record Conditional(Span span, Condition condition, List<Expression> arguments) implements Expression {
        public Conditional {
            arguments = List.copyOf(arguments);
        }
    }

    record Case(Span span, Optional<Expression> operand, List<When> whens, Optional<Expression> otherwise)
            implements Expression {
        public Case {
            whens = List.copyOf(whens);
        }
    }

    /// A query whose rows become one value.
    record Subquery(Span span, Use use, Query query) implements Expression {}

    /// `ARRAY […]`, or an array inside of one, which is written without the word.
    record ArrayConstructor(Span span, List<Expression> elements) implements Expression {
        public ArrayConstructor {
            elements = List.copyOf(elements);
        }
    }

    /// An element of an array, or a slice of it.
    record Subscript(Span span, Expression operand, List<Index> indexes) implements Expression {
        public Subscript {
            indexes = List.copyOf(indexes);
        }
    }

    /// A field of a row that is no plain column.
    record Field(Span span, Expression operand, String name) implements Expression {}

    /// All fields of a row that is no plain column.
    record Fields(Span span, Expression operand) implements Expression {}

    record Collate(Span span, Expression operand, List<String> collation) implements Expression {
        public Collate {
            collation = List.copyOf(collation);
        }
    }

    /// The row that a cursor stands on, where a condition is expected.
    record CurrentOf(Span span, String cursor) implements Expression {}

    /// What needs no understanding here, such as `EXTRACT` or `CURRENT_DATE`.
    ///
    /// @param construct its keyword
    /// @param operands every expression among its tokens
    record Other(Span span, String construct, List<Expression> operands) implements Expression {
        public Other {
            operands = List.copyOf(operands);
        }
    }

    /// An operator by its name, `<>` for `!=`.
    ///
    /// @param schema of `OPERATOR(schema.name)`
    record Operator(Optional<String> schema, String name) {}

    /// A type by its name; words of the SQL standard, such as `integer`, stand for a name in `pg_catalog`.
    ///
    /// @param span with modifiers and array bounds
    record Type(Span span, List<String> name, boolean array) {
        public Type {
            name = List.copyOf(name);
        }
    }

    /// What `IS` asks for.
    enum Property {
        NULL,
        TRUE,
        FALSE,
        UNKNOWN
    }

    /// The languages of patterns.
    enum Pattern {
        LIKE,
        ILIKE,
        SIMILAR
    }

    /// How many comparisons must be true.
    enum Quantifier {
        ANY,
        ALL
    }

    /// Which of the arguments is the value.
    enum Condition {
        COALESCE,
        GREATEST,
        LEAST,
        NULLIF
    }

    /// What becomes of the rows of a subquery.
    enum Use {
        SCALAR,
        EXISTS,
        ARRAY
    }

    /// What a function is called with.
    ///
    /// @param name of `name => value`
    record Argument(Span span, Optional<String> name, boolean variadic, Expression value) implements Node.Clause {}

    /// What stands in the brackets of a subscript.
    ///
    /// @param slice whether a colon is written; without one only `upper` is there
    record Index(Span span, Optional<Expression> lower, Optional<Expression> upper, boolean slice)
            implements Node.Clause {}

    /// `WHEN … THEN …` of `CASE`.
    record When(Span span, Expression condition, Expression result) implements Node.Clause {}
}
