package dev.pgbraid.router.binding;

import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ColumnDefault;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.SearchPath;
import dev.pgbraid.router.catalog.UniqueIndex;
import dev.pgbraid.router.catalog.Volatility;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.parse.Reading;
import dev.pgbraid.router.parse.StatementParser;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.tree.Assignment;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Insert;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Binds `INSERT`: which shard the rows belong to is told by the values of their key columns.
final class Inserts {
    private static final String NEEDS_VALUE = "Give the key a value in every row.";

    private final Bindings bindings;
    private final Text text;
    private final Changes changes;

    Inserts(Bindings bindings, Text text, Changes changes) {
        this.bindings = bindings;
        this.text = text;
        this.changes = changes;
    }

    List<NamedColumn> bind(Insert insert, Scope scope) {
        Relations.Target target =
                new Relations(bindings, text).target(insert.target().name());
        List<String> columns = columns(insert.columns(), target);
        BoundQuery source = insert.query()
                .map(query -> new Queries(bindings, text).bind(query, scope))
                .orElseGet(Inserts::nothing);
        insert.query().ifPresent(query -> askParameters(query, columns, target));
        List<Change.KeyValueOf> keys = new ArrayList<>();
        if (target.table().location() instanceof Location.Sharded(var _, List<KeyColumn> key)) {
            Relation relation = target.relation().orElseThrow();
            for (int i = 0; i < key.size(); i++) {
                keys.add(new Change.KeyValueOf(i, key.get(i), values(insert, columns, source, key.get(i), relation)));
            }
            checkSequences(insert, columns, source, relation);
        }
        scope.use(Changes.named(target, insert.target().alias()));
        Expressions expressions = new Expressions(bindings, text, scope);
        insert.onConflict().ifPresent(conflict -> conflict(conflict, target, expressions));
        List<NamedColumn> outputs = changes.returning(insert.returning(), target, scope, expressions);
        BoundQuery after = BoundQuery.of(new BoundQuery.Values(List.of(), expressions.takeSubqueries()));
        bindings.changes().add(new Change.Inserted(target.table(), source, keys, after));
        return outputs;
    }

    /// The one row of `DEFAULT VALUES`.
    private static BoundQuery nothing() {
        return BoundQuery.of(new BoundQuery.Values(List.of(List.of()), List.of()));
    }

    /// The names of the columns that are given values; an element or a field of one has an empty name.
    static List<String> columns(List<? extends Expression> written, Relations.Target target) {
        if (written.isEmpty()) {
            return target.names().columns().stream().map(NamedColumn::name).toList();
        }
        return written.stream()
                .map(column -> column instanceof Expression.Column(var _, List<String> name) ? name.getFirst() : "")
                .toList();
    }

    private void askParameters(Query query, List<String> columns, Relations.Target target) {
        if (!(query.body() instanceof QueryBody.Values values)) {
            return;
        }
        for (Expression.Row row : values.rows()) {
            for (int i = 0; i < row.fields().size() && i < columns.size(); i++) {
                Expression.Column column = new Expression.Column(row.span(), List.of(columns.get(i)));
                changes.ask(target, column, Optional.of(row.fields().get(i)));
            }
        }
    }

    /// The values of a key column: one for each row, or one for all.
    private List<Operand> values(
            Insert insert, List<String> columns, BoundQuery source, KeyColumn key, Relation relation) {
        Column column = relation.column(key.name()).orElseThrow();
        int place = columns.indexOf(key.name());
        boolean isIdentity = column.defaultValue()
                .filter(value -> value.kind() != ColumnDefault.Kind.DEFAULT)
                .isPresent();
        if (place < 0 || insert.query().isEmpty() || (isIdentity && insert.overriding() == Insert.Overriding.USER)) {
            return List.of(defaultOf(column, relation));
        }
        if (insert.query().get().body() instanceof QueryBody.Values values
                && source.body() instanceof BoundQuery.Values bound) {
            return IntStream.range(0, values.rows().size())
                    .mapToObj(row -> value(values.rows().get(row), bound.rows().get(row), place, column, relation))
                    .toList();
        }
        boolean isKnown = place < source.outputs().size()
                && !source.outputs().subList(0, place + 1).contains(NamedColumn.UNKNOWN);
        return List.of(isKnown ? source.outputs().get(place).operand() : Operand.OPAQUE);
    }

    private Operand value(Expression.Row row, List<Operand> bound, int place, Column column, Relation relation) {
        boolean isDefault = place >= row.fields().size() || row.fields().get(place) instanceof Expression.Default;
        return isDefault ? defaultOf(column, relation) : bound.get(place);
    }

    /// The default of a key column, which must be the same for every row and on every shard.
    private Operand defaultOf(Column column, Relation relation) {
        String words = "\"" + column.name() + "\" of sharded table \"" + relation.name() + "\"";
        ColumnDefault value = column.defaultValue()
                .orElseThrow(() ->
                        new BindingException("0A000", "INSERT gives no value to key column " + words, NEEDS_VALUE));
        Optional<Operand> constant =
                value.kind() == ColumnDefault.Kind.DEFAULT && value.volatility() == Volatility.IMMUTABLE
                        ? constant(value.expression())
                        : Optional.empty();
        return constant.orElseThrow(() ->
                BindingException.unsupported("the default of key column " + words + " is not a constant", NEEDS_VALUE));
    }

    private Optional<Operand> constant(String expression) {
        byte[] sql = ("SELECT " + expression).getBytes(StandardCharsets.UTF_8);
        Tokens tokens = new Lexer().read(sql, 0, sql.length, TextRules.DEFAULT);
        Text inside = new Text(tokens, new SearchPath(List.of("pg_catalog")), false);
        boolean isSelect = tokens.error().isEmpty()
                && StatementParser.parse(tokens, 0) instanceof Reading.Read(Query query)
                && query.body() instanceof QueryBody.Select;
        if (!isSelect) {
            return Optional.empty();
        }
        Query query = (Query) ((Reading.Read) StatementParser.parse(tokens, 0)).statement();
        QueryBody.Select select = (QueryBody.Select) query.body();
        return new Terms(bindings, inside)
                .of(select.items().getFirst().expression())
                .map(Operand.Constant::new);
    }

    private void checkSequences(Insert insert, List<String> columns, BoundQuery source, Relation relation) {
        if (insert.query().isEmpty()) {
            checkSequences(List.of(), List.of(), relation);
        } else if (insert.query().get().body() instanceof QueryBody.Values values) {
            values.rows().forEach(row -> checkSequences(columns, row.fields(), relation));
        } else {
            int given = Math.min(columns.size(), source.outputs().size());
            checkSequences(columns.subList(0, given), List.of(), relation);
        }
    }

    /// Every shard counts for itself, so the numbers of a sequence are not unique unless it was made so.
    ///
    /// @param values those of the columns if they are known one by one
    void checkSequences(List<String> columns, List<Expression> values, Relation relation) {
        Set<String> given = new HashSet<>(columns);
        for (int i = 0; i < columns.size() && !values.isEmpty(); i++) {
            if (i >= values.size() || values.get(i) instanceof Expression.Default) {
                given.remove(columns.get(i));
            }
        }
        for (Column column : relation.columns()) {
            boolean isCounted = column.defaultValue().stream()
                    .flatMap(value -> value.sequences().stream())
                    .anyMatch(sequence -> !bindings.catalog().isDisjoint(sequence));
            if (isCounted && !given.contains(column.name())) {
                throw BindingException.unsupported(
                        "column \"" + column.name() + "\" of sharded table \"" + relation.name()
                                + "\" takes its default from a sequence that each shard counts for itself",
                        "Give the column a value, or make the sequences of the shards disjoint.");
            }
        }
    }

    private void conflict(Insert.OnConflict conflict, Relations.Target target, Expressions expressions) {
        Namespace names = expressions.scope().names();
        List<Namespace.Table> tables = new ArrayList<>(names.tables());
        List<NamedColumn> excluded = target.names().columns().stream()
                .map(column -> new NamedColumn(column.name(), Operand.OPAQUE))
                .toList();
        tables.add(new Namespace.Table(Optional.empty(), "excluded", excluded, names.isOpen()));
        expressions.scope().use(new Namespace(tables, names.columns(), names.isOpen()));
        for (Assignment assignment : conflict.assignments()) {
            expressions.scan(assignment.value());
            for (Expression written : assignment.targets()) {
                checkKept(assignment, written, target);
            }
        }
        conflict.where().ifPresent(expressions::scan);
        if (target.table().location() instanceof Location.Sharded sharded) {
            checkArbiter(conflict, sharded.key(), target.relation().orElseThrow());
        }
    }

    /// A key column may be set to what it is already, or to what the row on the same shard was to be given.
    private static void checkKept(Assignment assignment, Expression written, Relations.Target target) {
        Optional<Integer> index = Changes.keyIndex(target, written);
        if (index.isEmpty()) {
            return;
        }
        String key = target.table().key().get(index.get()).name();
        boolean isKept = !assignment.multiple()
                && written instanceof Expression.Column
                && assignment.value() instanceof Expression.Column(var _, List<String> name)
                && name.getLast().equals(key);
        if (!isKept) {
            throw BindingException.unsupported(
                    "ON CONFLICT sets key column \"" + key + "\" of sharded table \""
                            + target.table().name() + "\"",
                    "A row stays on the shard of its key: delete it and insert another one.");
        }
    }

    /// A conflict with a row on another shard is not noticed, so there must be none.
    private static void checkArbiter(Insert.OnConflict conflict, List<KeyColumn> key, Relation relation) {
        List<String> keys = key.stream().map(KeyColumn::name).toList();
        boolean isProven = conflict.arbiter()
                .map(arbiter -> arbiter.constraint()
                        .map(name -> relation.uniqueIndexes().stream()
                                .anyMatch(index -> index.name().equals(name)
                                        && index.columns().containsAll(keys)))
                        .orElseGet(() -> names(arbiter.elements()).containsAll(keys)))
                .orElseGet(() -> relation.uniqueIndexes().stream()
                        .map(UniqueIndex::columns)
                        .allMatch(columns -> columns.containsAll(keys)));
        if (!isProven) {
            throw BindingException.unsupported(
                    "ON CONFLICT of sharded table \"" + relation.name() + "\" is about a unique index without the key "
                            + String.join(", ", keys),
                    "Only an index that has the key is unique on all shards together.");
        }
    }

    private static List<String> names(List<Expression> elements) {
        return elements.stream()
                .map(element -> element instanceof Expression.Column(var _, List<String> name) ? name.getLast() : "")
                .toList();
    }
}
