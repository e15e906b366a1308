package dev.pgbraid.router.gather;

import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A query that is one `SELECT`, as it is written.
///
/// @param relations what the tables in `FROM` are, by where they stand
record Block(Tokens tokens, TextRules rules, Query query, QueryBody.Select select, Map<Span, Relation> relations) {
    /// The temporary table that its rows go to.
    static final String TABLE = Gatherer.TABLE + 1;

    Block {
        relations = Map.copyOf(relations);
    }

    /// What is written there, if its parentheses are in pairs.
    Optional<Sql> written(Span span) {
        int depth = 0;
        for (int token = span.first(); token < span.end(); token++) {
            depth += tokens.kind(token) == TokenKind.OPEN ? 1 : 0;
            depth -= tokens.kind(token) == TokenKind.CLOSE ? 1 : 0;
            if (depth < 0) {
                return Optional.empty();
            }
        }
        return depth == 0 ? Optional.of(text(span)) : Optional.empty();
    }

    private Sql text(Span span) {
        return new Sql.Writer(rules.charset())
                .append(tokens.text(), tokens.start(span.first()), tokens.end(span.end() - 1))
                .sql();
    }

    /// Whether it says how many rows it wants by numbers that the shards can be given, too.
    boolean hasConstantLimit() {
        return Stream.concat(query.limit().flatMap(Query.Limit::count).stream(), query.offset().stream())
                .allMatch(count -> count instanceof Expression.Literal || count instanceof Expression.Parameter);
    }

    /// The number of the column of the result that a literal in `ORDER BY` or `GROUP BY` stands for.
    Optional<Integer> position(Expression.Literal literal) {
        String written = tokens.written(literal.token());
        boolean isPosition = tokens.kind(literal.token()) == TokenKind.INTEGER && written.matches("[1-9][0-9]{0,3}");
        return isPosition ? Optional.of(Integer.valueOf(written)) : Optional.empty();
    }

    /// Its rows: `FROM` and `WHERE`, if they can be taken as they are written.
    Optional<Sql> rows() {
        Optional<Sql> from = written(new Span(
                select.from().getFirst().span().first(),
                select.from().getLast().span().end()));
        Optional<Sql> where = select.where().flatMap(condition -> written(condition.span()));
        if (from.isEmpty() || where.isPresent() != select.where().isPresent()) {
            return Optional.empty();
        }
        Sql.Writer rows = new Sql.Writer(rules.charset()).append(" FROM ").append(from.get());
        where.ifPresent(condition -> rows.append(" WHERE ").append(condition));
        return Optional.of(rows.sql());
    }

    /// Whether a name is that of an item of `FROM`, and so can be that of its rows.
    boolean isItem(String name) {
        return select.from().stream().anyMatch(item -> isItem(item, name));
    }

    private static boolean isItem(FromItem item, String name) {
        return switch (item) {
            case FromItem.Table table -> Gatherer.alias(table).equals(name);
            case FromItem.Join join -> isItem(join.left(), name) || isItem(join.right(), name);
            case FromItem.Derived derived ->
                derived.alias()
                        .flatMap(FromItem.Alias::name)
                        .filter(name::equals)
                        .isPresent();
            case FromItem.Functions _ -> true;
        };
    }

    /// The tables in `FROM`; nothing if something else is there, too.
    Optional<List<FromItem.Table>> tables() {
        List<FromItem> items = select.from().stream().flatMap(Block::leaves).toList();
        boolean areTables = items.stream()
                .allMatch(item -> item instanceof FromItem.Table table
                        && relations.containsKey(table.span())
                        && table.alias()
                                .filter(alias -> !alias.columns().isEmpty())
                                .isEmpty());
        return areTables
                ? Optional.of(items.stream().map(FromItem.Table.class::cast).toList())
                : Optional.empty();
    }

    private static Stream<FromItem> leaves(FromItem item) {
        return item instanceof FromItem.Join join
                ? Stream.concat(leaves(join.left()), leaves(join.right()))
                : Stream.of(item);
    }

    /// The columns that a name can mean, of these tables.
    List<Column> columns(List<FromItem.Table> tables, List<String> name) {
        return tables.stream()
                .filter(table -> name.size() == 1 || Gatherer.alias(table).equals(name.get(name.size() - 2)))
                .flatMap(table -> Optional.ofNullable(relations.get(table.span())).stream())
                .flatMap(relation -> relation.column(name.getLast()).stream())
                .toList();
    }
}
