package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.FromItem.Alias;
import dev.pgbraid.router.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what stands between the joins in `FROM`.
final class Relations {
    private final Cursor in;
    private final int first;

    private Relations(Cursor in) {
        this.in = in;
        this.first = in.position();
    }

    static FromItem read(Cursor in) {
        return new Relations(in).item();
    }

    /// Reads the table that is changed.
    static FromItem.Table readTarget(Cursor in) {
        return new Relations(in).target();
    }

    private FromItem item() {
        boolean lateral = in.accept("lateral");
        if (in.kind() == TokenKind.OPEN) {
            return in.brackets().isQuery(in.position()) || lateral ? derived(lateral) : joined();
        }
        if (in.isNext("rows") && in.keyword(1).equals("from") && in.kind(2) == TokenKind.OPEN) {
            return rowsFrom(lateral);
        }
        if (isCall()) {
            return function(lateral);
        }
        if (lateral) {
            throw in.unexpected();
        }
        return table();
    }

    /// Whether parentheses follow the name that is next.
    private boolean isCall() {
        int ahead = 0;
        while (in.kind(ahead + 1) == TokenKind.DOT) {
            ahead += 2;
        }
        boolean isName = ahead > 0 ? in.isColumnName(0) : in.isFunctionName(0);
        return isName && in.kind(ahead + 1) == TokenKind.OPEN;
    }

    private FromItem derived(boolean lateral) {
        Query query = Queries.readInParentheses(in);
        Optional<Alias> alias = alias(false);
        return new FromItem.Derived(in.spanFrom(first), lateral, query, alias);
    }

    private FromItem joined() {
        List<FromItem> items = in.nested(() -> in.inside(() -> Joins.read(in)));
        if (items.size() != 1 || !(items.getFirst() instanceof FromItem.Join join)) {
            throw in.refuse("parentheses in FROM hold no join");
        }
        Optional<Alias> alias = alias(false);
        if (alias.isEmpty()) {
            return join;
        }
        if (join.alias().isPresent()) {
            throw in.unexpected();
        }
        return new FromItem.Join(
                in.spanFrom(first),
                join.type(),
                join.natural(),
                join.left(),
                join.right(),
                join.on(),
                join.using(),
                join.usingAlias(),
                alias);
    }

    private FromItem rowsFrom(boolean lateral) {
        in.expect("rows", "from");
        List<Expression> calls = in.inside(() -> in.list(() -> {
            Expression call = call();
            if (in.isNext("as")) {
                throw in.refuse("columns are defined in ROWS FROM");
            }
            return call;
        }));
        boolean withOrdinality = in.accept("with", "ordinality");
        Optional<Alias> alias = alias(true);
        return new FromItem.Functions(in.spanFrom(first), lateral, true, calls, withOrdinality, alias);
    }

    private FromItem function(boolean lateral) {
        Expression call = call();
        boolean withOrdinality = in.accept("with", "ordinality");
        Optional<Alias> alias = alias(true);
        return new FromItem.Functions(in.spanFrom(first), lateral, false, List.of(call), withOrdinality, alias);
    }

    private Expression call() {
        int from = in.position();
        List<String> name = new ArrayList<>(List.of(in.label()));
        while (in.accept(TokenKind.DOT)) {
            name.add(in.label());
        }
        if (in.kind() != TokenKind.OPEN) {
            throw in.unexpected();
        }
        return Calls.read(in, from, name);
    }

    private FromItem.Table table() {
        boolean only = in.accept("only");
        List<String> name = name(only);
        Optional<Alias> alias = alias(false);
        Optional<FromItem.Sample> sample = sample();
        return new FromItem.Table(in.spanFrom(first), name, only, alias, sample);
    }

    private List<String> name(boolean only) {
        if (only && in.kind() == TokenKind.OPEN) {
            return in.inside(in::qualifiedName);
        }
        List<String> name = in.qualifiedName();
        if (!only) {
            // A star says that the tables which inherit belong to it, as they do anyway.
            in.accept(TokenKind.STAR);
        }
        return name;
    }

    private FromItem.Table target() {
        boolean only = in.accept("only");
        List<String> name = name(only);
        int from = in.position();
        Optional<Alias> alias = Optional.empty();
        if (in.accept("as") || (in.isColumnName(0) && !in.isNext("set"))) {
            String alsoCalled = in.columnName();
            alias = Optional.of(new Alias(in.spanFrom(from), Optional.of(alsoCalled), List.of(), List.of()));
        }
        return new FromItem.Table(in.spanFrom(first), name, only, alias, Optional.empty());
    }

    private Optional<FromItem.Sample> sample() {
        int from = in.position();
        if (!in.accept("tablesample")) {
            return Optional.empty();
        }
        List<String> method = Names.any(in);
        List<Expression> arguments = in.inside(() -> Expressions.readList(in));
        Optional<Expression> repeatable =
                in.accept("repeatable") ? Optional.of(in.inside(() -> Expressions.read(in))) : Optional.empty();
        return Optional.of(new FromItem.Sample(in.spanFrom(from), method, arguments, repeatable));
    }

    /// @param typed whether its columns can have types
    private Optional<Alias> alias(boolean typed) {
        int from = in.position();
        boolean isHere = in.accept("as");
        if (!isHere && !in.isColumnName(0)) {
            return Optional.empty();
        }
        boolean isNameless = typed && isHere && in.kind() == TokenKind.OPEN;
        Optional<String> name = isNameless ? Optional.empty() : Optional.of(in.columnName());
        List<String> columns = new ArrayList<>();
        List<Expression.Type> types = new ArrayList<>();
        if (in.kind() == TokenKind.OPEN) {
            boolean isTyped = typed && in.kind(2) != TokenKind.COMMA && in.kind(2) != TokenKind.CLOSE;
            in.inside(() -> in.list(() -> columns.add(column(isTyped, types))));
        }
        return Optional.of(new Alias(in.spanFrom(from), name, columns, types));
    }

    private String column(boolean typed, List<Expression.Type> types) {
        String name = in.columnName();
        if (typed) {
            types.add(Types.read(in));
            if (in.accept("collate")) {
                Names.any(in);
            }
        }
        return name;
    }
}
