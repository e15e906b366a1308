package dev.pgbraid.router.gather;

import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds out of which exact type of numbers an expression is.
///
/// @param tables those that its columns are of
record NumberTypes(Block block, Catalog catalog, List<FromItem.Table> tables) {
    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/");
    private static final int INTEGER_DIGITS_MAX = 9;

    NumberTypes {
        tables = List.copyOf(tables);
    }

    /// `SMALLINT`, `INTEGER`, `BIGINT` or `NUMERIC`; nothing if it is of another type, or that is not clear.
    Optional<KeyType> of(Expression expression) {
        return switch (expression) {
            case Expression.Column column -> ofColumn(column);
            case Expression.Literal literal -> ofLiteral(literal);
            case Expression.Binary binary
            when isArithmetic(binary.operator()) -> wider(of(binary.left()), of(binary.right()));
            case Expression.Conditional conditional
            when conditional.condition() != Expression.Condition.NULLIF -> ofAll(conditional.arguments());
            default -> Optional.empty();
        };
    }

    /// Whether an operator surely computes as PostgreSQL's own does.
    private boolean isArithmetic(Expression.Operator operator) {
        return ARITHMETIC.contains(operator.name())
                && operator.schema().isEmpty()
                && catalog.operators(operator.name()).isEmpty();
    }

    private Optional<KeyType> ofColumn(Expression.Column name) {
        List<Column> columns = block.columns(tables, name.name());
        return columns.size() == 1
                ? KeyType.ofOid(columns.getFirst().type()).filter(NumberTypes::isExact)
                : Optional.empty();
    }

    private static boolean isExact(KeyType type) {
        return switch (type) {
            case SMALLINT, INTEGER, BIGINT, NUMERIC -> true;
            default -> false;
        };
    }

    private Optional<KeyType> ofLiteral(Expression.Literal literal) {
        TokenKind kind = block.tokens().kind(literal.token());
        String written = block.tokens().written(literal.token());
        if (kind == TokenKind.INTEGER && written.length() <= INTEGER_DIGITS_MAX && written.matches("[0-9]+")) {
            return Optional.of(KeyType.INTEGER);
        }
        return kind == TokenKind.NUMERIC && written.matches("[0-9.]+")
                ? Optional.of(KeyType.NUMERIC)
                : Optional.empty();
    }

    private Optional<KeyType> ofAll(List<Expression> expressions) {
        Optional<KeyType> type = of(expressions.getFirst());
        for (Expression expression : expressions) {
            type = wider(type, of(expression));
        }
        return type;
    }

    private static Optional<KeyType> wider(Optional<KeyType> left, Optional<KeyType> right) {
        return left.flatMap(one -> right.map(other -> rank(one) >= rank(other) ? one : other));
    }

    private static int rank(KeyType type) {
        return switch (type) {
            case SMALLINT -> 0;
            case INTEGER -> 1;
            case BIGINT -> 2;
            default -> 3;
        };
    }
}
