package dev.pgbraid.router.binding;

import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.SearchPath;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.parse.Reading;
import dev.pgbraid.router.parse.StatementParser;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Binds relations by their names.
final class Relations {
    private static final String DIFFERS_HINT = "Make the relation alike on all shards.";

    private final Bindings bindings;
    private final Text text;

    Relations(Bindings bindings, Text text) {
        this.bindings = bindings;
        this.text = text;
    }

    /// What a name was found to be.
    sealed interface Found {
        record Known(Relation relation) implements Found {}

        record Temporary(String name) implements Found {}

        /// Not in the catalog: PostgreSQL knows it, or will refuse it.
        record Unknown(String name, ShardId shard) implements Found {}
    }

    FromItems.Bound bind(FromItem.Table table, Scope scope) {
        List<String> name = table.name();
        Optional<Scope.Common> common = name.size() == 1 ? scope.common(name.getFirst()) : Optional.empty();
        if (common.isPresent()) {
            return new CommonTables(bindings, text).bind(name.getFirst(), common.get());
        }
        Found is = find(name);
        if (text.isStatement()) {
            bindings.tables()
                    .put(
                            table.span(),
                            is instanceof Found.Known known ? Optional.of(known.relation()) : Optional.empty());
        }
        return switch (is) {
            case Found.Known(Relation relation) -> bind(relation, table.sample().isPresent());
            case Found.Temporary(String found) ->
                open(found, bindings.topology().home(), "temporary table \"" + found + "\"");
            case Found.Unknown(String found, ShardId shard) -> open(found, shard, "table \"" + found + "\"");
        };
    }

    /// A relation whose columns are not known.
    private FromItems.Bound open(String name, ShardId shard, String words) {
        bindings.require(shard, words + " is on shard " + shard);
        int item = bindings.newItem();
        ObjectName object = new ObjectName("", name);
        return new FromItems.Bound(
                new Item.Table(item, object, new Location.OneShard(shard), List.of(), false, false),
                Namespace.of(new Namespace.Table(Optional.empty(), name, List.of(), true)));
    }

    Found find(List<String> name) {
        String last = name.getLast();
        if (name.size() > 1) {
            String schema = name.get(name.size() - 2);
            return schema.startsWith(SearchPath.TEMPORARY) && bindings.isTemporary(last)
                    ? new Found.Temporary(last)
                    : find(new ObjectName(schema, last));
        }
        for (String schema : text.path().schemas()) {
            if (schema.equals(SearchPath.TEMPORARY)) {
                if (bindings.isTemporary(last)) {
                    return new Found.Temporary(last);
                }
                continue;
            }
            Found found = find(new ObjectName(schema, last));
            if (!(found instanceof Found.Unknown)) {
                return found;
            }
        }
        return new Found.Unknown(last, shardOfNew());
    }

    private Found find(ObjectName name) {
        Optional<Relation> relation = bindings.catalog().relation(name);
        if (relation.isEmpty() && bindings.topology().isDeclared(name)) {
            throw new BindingException(
                    "42P01",
                    "relation \"" + name + "\" does not exist",
                    "It is declared in the configuration and not created yet.");
        }
        return relation.<Found>map(Found.Known::new)
                .orElseGet(
                        () -> new Found.Unknown(name.name(), bindings.topology().shardOf(name.schema())));
    }

    /// The shard of the first schema, in which new relations are made.
    private ShardId shardOfNew() {
        return text.path().schemas().stream()
                .filter(schema -> !schema.equals(SearchPath.TEMPORARY) && !schema.equals(ObjectName.CATALOG_SCHEMA))
                .findFirst()
                .map(bindings.topology()::shardOf)
                .orElseGet(bindings.topology()::home);
    }

    private FromItems.Bound bind(Relation relation, boolean isSampled) {
        ObjectName name = relation.name();
        check(relation);
        if (relation.kind() == Relation.Kind.VIEW && !name.isBuiltIn()) {
            return view(relation);
        }
        int item = bindings.newItem();
        List<NamedColumn> columns = new ArrayList<>();
        for (Column column : relation.columns()) {
            columns.add(new NamedColumn(column.name(), bindings.operand(item, column)));
        }
        Namespace names = Namespace.of(new Namespace.Table(Optional.of(name.schema()), name.name(), columns, false));
        return new FromItems.Bound(table(item, relation, columns, isSampled), names);
    }

    private Item.Table table(int item, Relation relation, List<NamedColumn> columns, boolean isSampled) {
        ObjectName name = relation.name();
        Location location = bindings.topology().location(name);
        List<Variable> key = new ArrayList<>();
        switch (location) {
            case Location.Reference _ -> bindings.distribute();
            case Location.OneShard(ShardId shard) ->
                bindings.require(
                        shard, (name.isBuiltIn() ? "system catalog " : "table ") + name + " is on shard " + shard);
            case Location.Sharded sharded -> {
                bindings.distribute();
                for (KeyColumn column : sharded.key()) {
                    key.add(keyVariable(name, Namespace.named(columns, column.name())));
                }
            }
        }
        boolean hasPolicies = relation.traits().contains(Relation.Trait.ROW_SECURITY);
        return new Item.Table(item, name, location, key, isSampled, hasPolicies);
    }

    private static Variable keyVariable(ObjectName table, List<NamedColumn> found) {
        if (found.size() == 1 && found.getFirst().operand() instanceof Operand.Of(Variable variable)) {
            return variable;
        }
        throw BindingException.unsupported(
                "the key of \"" + table + "\" is not the one that the topology was made for",
                "Wait until the catalog has been read again.");
    }

    /// Refuses a relation of which nothing can be proven.
    private void check(Relation relation) {
        ObjectName name = relation.name();
        relation.difference().ifPresent(difference -> {
            throw BindingException.unsupported("relation \"" + name + "\" " + difference, DIFFERS_HINT);
        });
        bindings.topology().problem(name).ifPresent(problem -> {
            throw BindingException.unsupported("relation \"" + name + "\" " + problem, "Mend its declaration.");
        });
        refuse(bindings.code().reading(name));
    }

    private static void refuse(Optional<String> problem) {
        problem.ifPresent(words -> {
            throw BindingException.unsupported(words, CodeCheck.HINT);
        });
    }

    /// A view is its query, whose names do not depend on the search path.
    private FromItems.Bound view(Relation view) {
        ObjectName name = view.name();
        bindings.enter(name.toString());
        byte[] definition = view.definition().orElse("").getBytes(StandardCharsets.UTF_8);
        Tokens tokens = new Lexer().read(definition, 0, definition.length, TextRules.DEFAULT);
        boolean isStatement = tokens.error().isEmpty() && tokens.statementCount() == 1;
        if (!isStatement || !(StatementParser.parse(tokens, 0) instanceof Reading.Read(Query query))) {
            throw BindingException.unsupported(
                    "the definition of view \"" + name + "\" is not understood",
                    "Write its query in place of its name.");
        }
        Text inside = new Text(tokens, new SearchPath(List.of(ObjectName.CATALOG_SCHEMA)), false);
        int items = bindings.distributed();
        BoundQuery bound = new Queries(bindings, inside).bindAlone(query);
        if (bindings.distributed() == items) {
            bindings.require(bindings.topology().shardOf(name.schema()), "view " + name + " is on one shard");
        }
        bindings.leave();
        return derived(view, bound);
    }

    private FromItems.Bound derived(Relation view, BoundQuery query) {
        int item = bindings.newItem();
        List<NamedColumn> columns = new ArrayList<>();
        for (int i = 0; i < query.outputs().size(); i++) {
            NamedColumn output = query.outputs().get(i);
            boolean isNamed = query.outputs().size() == view.columns().size();
            String name = isNamed ? view.columns().get(i).name() : output.name();
            columns.add(
                    output.equals(NamedColumn.UNKNOWN) ? output : new NamedColumn(name, bindings.alias(item, output)));
        }
        return new FromItems.Bound(
                new Item.Derived(item, query, columns, false),
                Namespace.of(new Namespace.Table(
                        Optional.of(view.name().schema()), view.name().name(), columns, CommonTables.isOpen(columns))));
    }

    /// The table that a statement changes, and the relation if it is known.
    record Target(Item.Table table, Namespace names, Optional<Relation> relation) {}

    /// Binds what a statement changes; no name of `WITH` can be that.
    Target target(List<String> name) {
        Found found = find(name);
        if (found instanceof Found.Known(Relation relation)) {
            refuse(bindings.code().changing(relation.name()));
        }
        int before = bindings.distributed();
        FromItems.Bound bound = switch (found) {
            case Found.Known(Relation relation) -> bind(relation, false);
            case Found.Temporary(String table) ->
                open(table, bindings.topology().home(), "temporary table \"" + table + "\"");
            case Found.Unknown(String table, ShardId shard) -> open(table, shard, "table \"" + table + "\"");
        };
        if (bound.item() instanceof Item.Table table) {
            Optional<Relation> relation =
                    found instanceof Found.Known known ? Optional.of(known.relation()) : Optional.empty();
            checkTarget(table);
            return new Target(table, bound.names(), relation);
        }
        if (bindings.distributed() > before) {
            throw BindingException.unsupported(
                    "cannot change rows through view \"" + String.join(".", name) + "\"",
                    "Name the table that the view is of.");
        }
        FromItems.Bound home = open(name.getLast(), bindings.topology().home(), "view \"" + name.getLast() + "\"");
        return new Target((Item.Table) home.item(), home.names(), Optional.empty());
    }

    private static void checkTarget(Item.Table table) {
        if (table.location() instanceof Location.Reference) {
            throw BindingException.unsupported(
                    "cannot change rows of reference table \"" + table.name() + "\", which every shard has",
                    "Writing on several shards in one transaction is not supported yet.");
        }
    }
}
