package dev.pgbraid.router.gather;

import dev.pgbraid.router.binding.BoundQuery;
import dev.pgbraid.router.binding.BoundStatement;
import dev.pgbraid.router.binding.Effects.Effect;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.topology.Topology;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody;
import dev.pgbraid.router.tree.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the parts of a query whose rows are gathered, and the text that runs over them.
public final class Gatherer {
    /// What the temporary tables are called, but for their numbers.
    static final String TABLE = "pgbraid_gathered_";

    /// What a workbench cannot do in place of the shards, or of the session.
    private static final List<Effect> UNFIT = List.of(
            Effect.VOLATILE,
            Effect.USER_CODE,
            Effect.HIDDEN_CODE,
            Effect.USER_WRITE,
            Effect.SERVER,
            Effect.SYSTEM_COLUMN,
            Effect.ROW_LOCK,
            Effect.REFERENCE_LOCK);

    private final Tokens tokens;
    private final TextRules rules;
    private final Topology topology;
    private final Catalog catalog;
    private final PartProver prover;
    private final Map<Span, Relation> relations = new HashMap<>();
    private final List<Gathering.Part> parts = new ArrayList<>();
    private final List<Splice> splices = new ArrayList<>();

    /// Tokens in whose place something else is written.
    private record Splice(Span span, String text) {}

    private Gatherer(Tokens tokens, TextRules rules, Snapshot snapshot, PartProver prover) {
        this.tokens = tokens;
        this.rules = rules;
        this.topology = snapshot.topology();
        this.catalog = snapshot.catalog();
        this.prover = prover;
    }

    /// Says whether every shard can answer a query for its own rows.
    public interface PartProver {
        /// For what is no part and has none.
        PartProver NONE = _ -> false;

        boolean isProven(Sql part);
    }

    /// What tells of a query that its rows cannot be gathered, before that is tried.
    public static Optional<String> problem(BoundStatement bound, Topology topology) {
        boolean isUnknown = bound.tables().values().stream().anyMatch(Optional::isEmpty);
        Optional<ObjectName> elsewhere = bound.tables().values().stream()
                .flatMap(Optional::stream)
                .map(Relation::name)
                .filter(table -> topology.location(table) instanceof Location.OneShard(var shard)
                        && !shard.equals(topology.home()))
                .findFirst();
        return UNFIT.stream()
                .filter(bound.effects()::has)
                .findFirst()
                .map(effect -> bound.effects().name(effect).orElse("") + " has to run where the rows are")
                .or(() -> isUnknown ? Optional.of("a table is temporary or not known") : Optional.empty())
                .or(() -> elsewhere.map(table -> "table " + table + " is not on the home shard"));
    }

    /// Makes the parts and the text.
    ///
    /// @param rules that the tokens were read by
    /// @param bound a query without a [#problem]
    /// @throws UngatherableException if it cannot be done
    public static Gathering gather(
            Tokens tokens, TextRules rules, Query query, BoundStatement bound, Snapshot snapshot, PartProver prover)
            throws UngatherableException {
        return new Gatherer(tokens, rules, snapshot, prover).gather(query, bound);
    }

    private Gathering gather(Query query, BoundStatement bound) throws UngatherableException {
        bound.tables().forEach((place, table) -> relations.put(place, table.orElseThrow()));
        if (query.body() instanceof QueryBody.Select select
                && query.with().isEmpty()
                && !select.from().isEmpty()) {
            Block block = new Block(tokens, rules, query, select, relations);
            BoundQuery found = bound.query().orElseThrow();
            Optional<Gathering> whole =
                    TopRows.of(block, found, prover).or(() -> GroupedRows.of(block, found, catalog, prover));
            if (whole.isPresent()) {
                return whole.get();
            }
        }
        Filters filters = Filters.of(query, relations);
        ColumnUses uses = ColumnUses.of(query);
        replaceTables(query, filters, uses);
        return new Gathering(parts, text(query.span(), splices));
    }

    private void replaceTables(Node node, Filters filters, ColumnUses uses) throws UngatherableException {
        if (node instanceof FromItem.Table table) {
            Relation relation = relations.get(table.span());
            if (relation != null && !isOnWorkbench(relation)) {
                replace(table, relation, filters.on(table), uses);
            }
        }
        if (node instanceof Expression.Column column && column.name().size() > 2) {
            throw new UngatherableException("column " + String.join(".", column.name()) + " is named with a schema");
        }
        if (node instanceof Expression.Call call && call.name().getLast().equals("pg_typeof")) {
            throw new UngatherableException("pg_typeof would tell of the tables that the rows are gathered in");
        }
        for (Node child : node.children()) {
            replaceTables(child, filters, uses);
        }
    }

    /// Whether the workbench, a backend of the home shard, has all rows of a relation.
    private boolean isOnWorkbench(Relation relation) {
        return switch (topology.location(relation.name())) {
            case Location.Reference _ -> true;
            case Location.OneShard _ ->
                relation.kind() != Relation.Kind.VIEW || relation.name().isBuiltIn();
            case Location.Sharded _ -> false;
        };
    }

    private void replace(FromItem.Table table, Relation relation, List<Expression> filters, ColumnUses uses)
            throws UngatherableException {
        String name = TABLE + (parts.size() + 1);
        boolean isRenamed =
                table.alias().filter(alias -> !alias.columns().isEmpty()).isPresent();
        String columns = isRenamed
                ? "*"
                : String.join(
                        ", ",
                        uses.of(relation, alias(table)).stream()
                                .map(Sql::quoted)
                                .toList());
        List<String> key = isRenamed ? List.of() : uses.primaryKey(relation);
        Sql part = part(table, columns, filters);
        parts.add(new Gathering.Part(name, part, part, key));
        String alias = table.alias()
                .map(given -> tokens.written(given.span().first(), given.span().end()))
                .orElseGet(() -> "AS " + Sql.quoted(alias(table)));
        splices.add(new Splice(table.span(), "pg_temp." + name + " " + alias));
    }

    /// The query for rows of a table, with as many of the conditions as leave it provable.
    private Sql part(FromItem.Table table, String columns, List<Expression> filters) throws UngatherableException {
        Sql filtered = select(table, columns, filters);
        if (prover.isProven(filtered)) {
            return filtered;
        }
        List<Expression> fit = new ArrayList<>();
        for (Expression filter : filters) {
            if (prover.isProven(select(table, columns, List.of(filter)))) {
                fit.add(filter);
            }
        }
        Sql part = select(table, columns, fit);
        if (!prover.isProven(part)) {
            throw new UngatherableException("the rows of " + alias(table) + " cannot be asked for shard by shard");
        }
        return part;
    }

    private Sql select(FromItem.Table table, String columns, List<Expression> filters) {
        Sql.Writer part = new Sql.Writer(rules.charset()).append("SELECT " + columns + " FROM ");
        append(part, table.span());
        String word = " WHERE (";
        for (Expression filter : filters) {
            append(part.append(word), filter.span()).append(")");
            word = " AND (";
        }
        return part.sql();
    }

    private Sql.Writer append(Sql.Writer out, Span span) {
        return out.append(tokens.text(), tokens.start(span.first()), tokens.end(span.end() - 1));
    }

    private Sql text(Span whole, List<Splice> replaced) {
        Sql.Writer text = new Sql.Writer(rules.charset());
        int from = tokens.start(whole.first());
        for (Splice splice : replaced) {
            text.append(tokens.text(), from, tokens.start(splice.span().first()));
            text.append(splice.text());
            from = tokens.end(splice.span().end() - 1);
        }
        return text.append(tokens.text(), from, tokens.end(whole.end() - 1)).sql();
    }

    /// What the rows of a table are called.
    static String alias(FromItem.Table table) {
        return table.alias()
                .flatMap(FromItem.Alias::name)
                .orElseGet(() -> table.name().getLast());
    }
}
