package dev.pgbraid.router.utility;

import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.parse.Reading;
import dev.pgbraid.router.parse.StatementParser;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.topology.Location;
import dev.pgbraid.router.topology.Snapshot;
import dev.pgbraid.router.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the relations are that a statement names.
final class Places {
    private static final int VIEW_DEPTH_MAX = 32;

    private final Topology topology;
    private final Snapshot snapshot;
    private final RelationFinder finder;

    Places(Snapshot snapshot, Perspective perspective) {
        this.snapshot = snapshot;
        this.topology = snapshot.topology();
        this.finder = new RelationFinder(snapshot, perspective);
    }

    RelationFinder finder() {
        return finder;
    }

    /// Where a relation is that is there, or is not there at all.
    Place of(List<String> name) {
        return finder.isTemporary(name) ? home() : of(finder.existing(name), 0);
    }

    Place ofView(List<String> name, boolean ifExists) {
        ObjectName view = finder.existing(name);
        if (finder.relation(view).isPresent() || finder.isTemporary(name)) {
            return of(name);
        }
        return ifExists ? new Place.Anywhere() : new Place.Unknown("view " + view + " is not known");
    }

    Place ofIndex(List<String> name, boolean ifExists) {
        ObjectName index = finder.existing(name);
        Optional<ObjectName> table = finder.tableOfIndex(index);
        if (table.isPresent()) {
            return of(table.get(), 0);
        }
        return ifExists ? new Place.Anywhere() : new Place.Unknown("index " + index + " is not known");
    }

    /// Where a sequence is, or comes to be that gets this name.
    Place ofSequence(List<String> name) {
        ObjectName sequence = finder.existing(name);
        boolean isOther = finder.isTemporary(name)
                || finder.relation(sequence).isPresent()
                || !table(sequence).equals(home());
        return isOther ? of(name) : new Place.Anywhere();
    }

    /// Where a relation comes to be that gets this name, if its name alone tells.
    Place ofMade(List<String> name) {
        return finder.isTemporary(name) ? home() : table(finder.made(name));
    }

    private Place home() {
        return new Place.OneShard(topology.home());
    }

    private Place of(ObjectName name, int depth) {
        if (name.isBuiltIn()) {
            return new Place.Anywhere();
        }
        Optional<Relation> relation = finder.relation(name);
        if (relation.isEmpty() || topology.isDeclared(name)) {
            return finder.tableOfIndex(name).map(this::table).orElseGet(() -> table(name));
        }
        return switch (relation.get().kind()) {
            case SEQUENCE -> ofSequence(name);
            case VIEW -> ofView(relation.get(), depth);
            case COMPOSITE_TYPE -> new Place.Anywhere();
            case TABLE, PARTITIONED_TABLE, MATERIALIZED_VIEW, FOREIGN_TABLE -> table(name);
        };
    }

    private Place table(ObjectName name) {
        return switch (topology.location(name)) {
            case Location.Sharded(var group, List<KeyColumn> key) ->
                new Place.Sharded(
                        Optional.of(group.leader()),
                        key.stream().map(KeyColumn::name).toList());
            case Location.Reference() -> new Place.Copies();
            case Location.OneShard(var shard) ->
                topology.isDeclared(name) ? new Place.Sharded(Optional.empty(), List.of()) : new Place.OneShard(shard);
        };
    }

    /// A sequence is where the tables are that take numbers from it.
    private Place ofSequence(ObjectName sequence) {
        List<Place> users = new ArrayList<>();
        for (Relation relation : snapshot.catalog().relations()) {
            if (relation.columns().stream().anyMatch(column -> takes(column, sequence))) {
                users.add(table(relation.name()));
            }
        }
        boolean isOnOneShard = !users.isEmpty() && users.stream().allMatch(Place.OneShard.class::isInstance);
        Place place = table(sequence);
        if (users.isEmpty() && !place.equals(home())) {
            return place;
        }
        return isOnOneShard ? users.getFirst() : new Place.Anywhere();
    }

    private static boolean takes(Column column, ObjectName sequence) {
        return column.defaultValue()
                .filter(value -> value.sequences().contains(sequence))
                .isPresent();
    }

    private Place ofView(Relation view, int depth) {
        byte[] text = view.definition().orElse("").getBytes(StandardCharsets.UTF_8);
        Tokens tokens = new Lexer().read(text, 0, text.length, TextRules.DEFAULT);
        boolean isOne = tokens.error().isEmpty() && tokens.statementCount() == 1;
        if (depth > VIEW_DEPTH_MAX
                || !isOne
                || !(StatementParser.parse(tokens, 0) instanceof Reading.Read(var statement))) {
            return new Place.Unknown("the definition of view " + view.name() + " cannot be read");
        }
        return ofAll(QueryRelations.of(statement), depth + 1);
    }

    /// Where a view of these relations is.
    Place ofAll(QueryRelations relations) {
        return ofAll(relations, 0);
    }

    /// A name of a common table can mean another relation in another part of the query, and counts if there is one.
    List<Place> each(QueryRelations relations, int depth) {
        List<Place> each = new ArrayList<>();
        for (List<String> relation : relations.names()) {
            if (finder.isTemporary(relation)) {
                each.add(home());
            } else {
                ObjectName name = finder.existing(relation);
                if (!relations.isCommonTable(relation) || finder.isKnown(name)) {
                    each.add(of(name, depth));
                }
            }
        }
        return each;
    }

    private Place ofAll(QueryRelations relations, int depth) {
        Place all = new Place.Anywhere();
        for (Place place : each(relations, depth)) {
            all = together(all, place);
        }
        return all;
    }

    /// Where something can be that needs both.
    static Place together(Place one, Place other) {
        if (one.equals(other) || demand(one) != demand(other)) {
            return demand(one) < demand(other) ? other : one;
        }
        return one instanceof Place.Sharded(var leader, var _) && other instanceof Place.Sharded(var same, var _)
                ? new Place.Sharded(leader.equals(same) ? leader : Optional.empty(), List.of())
                : new Place.Unknown("it needs relations that are not on the same shards");
    }

    /// How little choice a place leaves.
    private static int demand(Place place) {
        return switch (place) {
            case Place.Anywhere _ -> 0;
            case Place.Copies _ -> 1;
            case Place.OneShard _, Place.Sharded _ -> 2;
            case Place.Unknown _ -> 3;
        };
    }
}
