package dev.pgbraid.router.utility;

import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.Function;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The names that may stand for more than the home shard has: those of tables elsewhere, of views that name such a
/// table, and of functions and operators of users, whose bodies can.
///
/// A statement without any of them means the same on the home shard as it would in one database, however it may read.
public final class SpreadNames {
    /// Functions of PostgreSQL and its extensions that run a text, or read a table that a text names.
    private static final List<String> RUNNING_TEXTS = List.of(
            "query_to_xml",
            "query_to_xmlschema",
            "query_to_xml_and_xmlschema",
            "table_to_xml",
            "table_to_xmlschema",
            "table_to_xml_and_xmlschema",
            "schema_to_xml",
            "schema_to_xml_and_xmlschema",
            "database_to_xml",
            "database_to_xml_and_xmlschema",
            "ts_stat",
            "ts_rewrite",
            "crosstab",
            "crosstabn",
            "crosstab2",
            "crosstab3",
            "crosstab4",
            "connectby",
            "xpath_table");

    private final Set<String> names = new HashSet<>();
    private final Set<String> operators = new HashSet<>();

    public SpreadNames(Snapshot snapshot) {
        names.addAll(RUNNING_TEXTS);
        Topology topology = snapshot.topology();
        Catalog catalog = snapshot.catalog();
        topology.declaredTables().forEach(table -> names.add(table.name()));
        for (Relation relation : catalog.relations()) {
            if (!isAtHome(topology, relation.name())) {
                names.add(relation.name().name());
            }
        }
        catalog.userFunctions().stream()
                .filter(Function::hasBody)
                .forEach(function -> names.add(function.name().name()));
        operators.addAll(catalog.userOperators());
        addViews(catalog);
    }

    private SpreadNames(Set<ObjectName> tables, Catalog catalog) {
        tables.forEach(table -> names.add(table.name()));
        addViews(catalog);
    }

    /// The names of a table that is held and of all whose rows are where its rows are, and those of the views that name
    /// one.
    public static SpreadNames ofHeld(ObjectName held, Snapshot snapshot) {
        Set<ObjectName> tables = new HashSet<>(Set.of(held));
        for (Relation relation : snapshot.catalog().relations()) {
            if (snapshot.topology().location(relation.name()) instanceof Location.Sharded sharded
                    && sharded.group().leader().equals(held)) {
                tables.add(relation.name());
            }
        }
        return new SpreadNames(tables, snapshot.catalog());
    }

    private static boolean isAtHome(Topology topology, ObjectName relation) {
        return topology.location(relation) instanceof Location.OneShard(ShardId shard) && shard.equals(topology.home());
    }

    /// A view can name another one, so this goes on for as long as it finds one.
    private void addViews(Catalog catalog) {
        boolean isMore = true;
        while (isMore) {
            isMore = false;
            for (Relation relation : catalog.relations()) {
                String name = relation.name().name();
                boolean isNew = relation.definition().isPresent() && !names.contains(name);
                if (isNew && mentions(relation.definition().get())) {
                    isMore = names.add(name);
                }
            }
        }
    }

    private boolean mentions(String definition) {
        byte[] text = definition.getBytes(StandardCharsets.UTF_8);
        Tokens tokens = new Lexer().read(text, 0, text.length, TextRules.DEFAULT);
        return tokens.error().isPresent() || isMentioned(tokens, 0, tokens.count());
    }

    /// Whether one of the names is among the tokens from `first` to before `end`.
    public boolean isMentioned(Tokens tokens, int first, int end) {
        for (int token = first; token < end; token++) {
            TokenKind kind = tokens.kind(token);
            boolean isName = kind == TokenKind.WORD || kind.isQuotedName();
            boolean isSpread = isName
                    ? names.contains(tokens.name(token))
                    : !operators.isEmpty() && operators.contains(tokens.written(token));
            if (isSpread) {
                return true;
            }
        }
        return false;
    }
}
