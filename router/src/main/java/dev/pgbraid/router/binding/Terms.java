package dev.pgbraid.router.binding;

import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.key.KeyReading;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the expressions whose values can be computed here.
final class Terms {
    /// The types of keys by their names in `pg_catalog`. A conversion to `bpchar` is none of them, for without a
    /// length it may have one nevertheless.
    private static final Map<String, KeyType> TYPES = Map.ofEntries(
            Map.entry("bool", KeyType.BOOLEAN),
            Map.entry("bytea", KeyType.BYTEA),
            Map.entry("int8", KeyType.BIGINT),
            Map.entry("int2", KeyType.SMALLINT),
            Map.entry("int4", KeyType.INTEGER),
            Map.entry("text", KeyType.TEXT),
            Map.entry("varchar", KeyType.VARCHAR),
            Map.entry("date", KeyType.DATE),
            Map.entry("timestamp", KeyType.TIMESTAMP),
            Map.entry("timestamptz", KeyType.TIMESTAMPTZ),
            Map.entry("numeric", KeyType.NUMERIC),
            Map.entry("uuid", KeyType.UUID));

    private final Bindings bindings;
    private final Text text;

    Terms(Bindings bindings, Text text) {
        this.bindings = bindings;
        this.text = text;
    }

    Optional<Term> of(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal -> literal(literal, false);
            case Expression.Parameter(var _, int number) -> Optional.of(new Term.Parameter(number));
            case Expression.Cast cast -> cast(cast);
            case Expression.Prefix prefix -> prefix(prefix);
            case Expression.Binary binary -> arithmetic(binary);
            case Expression.ArrayConstructor array -> elements(array);
            default -> Optional.empty();
        };
    }

    private Optional<Term> literal(Expression.Literal literal, boolean negative) {
        int token = literal.token();
        TokenKind kind = text.tokens().kind(token);
        if (kind.isNumber()) {
            return Optional.of(
                    text.isStatement()
                            ? new Term.Numeral(
                                    token,
                                    negative,
                                    numeralType(kind, text.tokens().written(token)))
                            : new Term.Fixed(
                                    (negative ? "-" : "") + text.tokens().written(token), true));
        }
        if (kind.isString() && !negative) {
            return Optional.of(
                    text.isStatement()
                            ? new Term.Text(token)
                            : new Term.Fixed(text.tokens().string(token), false));
        }
        return switch (text.tokens().keyword(token)) {
            case "true" -> Optional.of(new Term.Bool(true));
            case "false" -> Optional.of(new Term.Bool(false));
            case "null" -> Optional.of(new Term.Null());
            default -> Optional.empty();
        };
    }

    /// The narrowest type that holds a number without its sign.
    static KeyType numeralType(TokenKind kind, String written) {
        byte[] digits = written.getBytes(StandardCharsets.US_ASCII);
        for (KeyType type : List.of(KeyType.INTEGER, KeyType.BIGINT)) {
            if (kind == TokenKind.INTEGER && type.readText(digits, 0, digits.length) instanceof KeyReading.Proven) {
                return type;
            }
        }
        return KeyType.NUMERIC;
    }

    /// A sign before a number. Others can be operators of users.
    private Optional<Term> prefix(Expression.Prefix prefix) {
        boolean isMinus = prefix.operator().name().equals("-");
        boolean isSign = (isMinus || prefix.operator().name().equals("+")) && isBuiltIn(prefix.operator());
        boolean isNumber = prefix.operand() instanceof Expression.Literal literal
                && text.tokens().kind(literal.token()).isNumber();
        return isSign && isNumber ? literal((Expression.Literal) prefix.operand(), isMinus) : Optional.empty();
    }

    private Optional<Term> arithmetic(Expression.Binary binary) {
        String name = binary.operator().name();
        boolean isArithmetic = name.equals("+") || name.equals("-") || name.equals("*");
        if (!isArithmetic || !isBuiltIn(binary.operator())) {
            return Optional.empty();
        }
        return of(binary.left())
                .filter(Terms::isInteger)
                .flatMap(left -> of(binary.right())
                        .filter(Terms::isInteger)
                        .map(right -> new Term.Arithmetic(name.charAt(0), left, right)));
    }

    /// Whether a term can be an operand of arithmetic with integers, whose value decides whether it is one.
    private static boolean isInteger(Term term) {
        return switch (term) {
            case Term.Numeral _, Term.Arithmetic _ -> true;
            case Term.Cast(Term _, KeyType type) -> type == KeyType.INTEGER;
            case Term.Fixed(String _, boolean isNumber) -> isNumber;
            default -> false;
        };
    }

    private boolean isBuiltIn(Expression.Operator operator) {
        return operator.schema().map(ObjectName.CATALOG_SCHEMA::equals).orElse(true)
                && bindings.catalog().operators(operator.name()).isEmpty();
    }

    private Optional<Term> cast(Expression.Cast cast) {
        Optional<KeyType> found = type(cast.type());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        KeyType type = found.get();
        boolean isArray = cast.type().array();
        if (cast.operand() instanceof Expression.Parameter parameter) {
            bindings.parameters().ask(parameter, type, isArray);
        }
        Optional<Term> operand = of(cast.operand());
        if (!isArray) {
            return operand.filter(Terms::isScalar).map(term -> new Term.Cast(term, type));
        }
        return operand.flatMap(term -> switch (term) {
            case Term.Text _, Term.Parameter _, Term.Fixed _ -> Optional.of(new Term.Array(term, type, true));
            case Term.Elements(List<Term> elements) ->
                Optional.of(new Term.Elements(elements.stream()
                        .<Term>map(element -> new Term.Cast(element, type))
                        .toList()));
            default -> Optional.empty();
        });
    }

    private static boolean isScalar(Term term) {
        return !(term instanceof Term.Elements) && !(term instanceof Term.Array);
    }

    private Optional<Term> elements(Expression.ArrayConstructor array) {
        List<Term> elements = new ArrayList<>();
        for (Expression element : array.elements()) {
            Optional<Term> term = of(element).filter(Terms::isScalar);
            if (term.isEmpty()) {
                return Optional.empty();
            }
            elements.add(term.get());
        }
        return Optional.of(new Term.Elements(elements));
    }

    /// The type of a key that a name means, or that the elements of an array have, when it has no modifier.
    Optional<KeyType> type(Expression.Type type) {
        List<String> name = type.name();
        boolean isQualified = name.size() == 2 && name.getFirst().equals(ObjectName.CATALOG_SCHEMA);
        boolean isFound = name.size() == 1 && text.path().beginsWithCatalog() && !bindings.isTemporary(name.getFirst());
        return (isQualified || isFound) && !hasModifier(type)
                ? Optional.ofNullable(TYPES.get(name.getLast()))
                : Optional.empty();
    }

    private boolean hasModifier(Expression.Type type) {
        for (int token = type.span().first(); token < type.span().end(); token++) {
            if (text.tokens().kind(token) == TokenKind.OPEN) {
                return true;
            }
        }
        return false;
    }
}
