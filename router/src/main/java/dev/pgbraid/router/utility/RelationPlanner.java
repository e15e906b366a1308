package dev.pgbraid.router.utility;

import dev.pgbraid.router.binding.CodeCheck;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.plan.Access;
import dev.pgbraid.router.plan.Plan;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.topology.Topology;
import dev.pgbraid.router.utility.Mention.Role;
import dev.pgbraid.router.utility.Utility.OfRelations;
import dev.pgbraid.router.utility.Utility.Treatment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the shards for statements that define, change or name relations.
final class RelationPlanner {
    private final Topology topology;
    private final Places places;
    private final CodeCheck code;

    RelationPlanner(Topology topology, Places places, CodeCheck code) {
        this.topology = topology;
        this.places = places;
        this.code = code;
    }

    Plan plan(OfRelations relations) {
        Place all = new Place.Anywhere();
        for (Place place : subjects(relations)) {
            if (place instanceof Place.Unknown(String reason)) {
                return Refusals.unknown(relations.command(), reason);
            }
            if (!isTogether(all, place)) {
                return Refusals.mixed(relations.command());
            }
            all = Places.together(all, place);
        }
        Place together = all;
        return renamed(relations)
                .or(() -> keyColumns(relations))
                .or(() -> used(relations, together))
                .or(() -> withCode(relations))
                .orElseGet(() -> treated(relations, together));
    }

    /// Where the relations are that the statement is about.
    private List<Place> subjects(OfRelations relations) {
        List<Place> subjects = new ArrayList<>();
        for (Mention mention : relations.mentions()) {
            switch (mention.role()) {
                case TARGET -> subjects.add(target(relations, mention));
                case OWNER -> subjects.add(places.of(mention.name()));
                case VIEW -> subjects.add(places.ofView(mention.name(), relations.ifExists()));
                case INDEX -> subjects.add(places.ofIndex(mention.name(), relations.ifExists()));
                case MADE -> subjects.add(made(relations, mention));
                case RENAMED, USED -> {}
            }
        }
        return subjects;
    }

    private Place target(OfRelations relations, Mention mention) {
        return relations.treatment() == Treatment.SEQUENCE
                ? places.ofSequence(mention.name())
                : places.of(mention.name());
    }

    /// A partition is where its table is, and a sequence where its owner is, unless they are declared themselves.
    private Place made(OfRelations relations, Mention mention) {
        if (relations.treatment() == Treatment.SEQUENCE) {
            return places.ofSequence(mention.name());
        }
        boolean isPart = relations.mentions().stream().anyMatch(other -> other.role() == Role.TARGET);
        boolean isDeclared = topology.isDeclared(places.finder().made(mention.name()));
        return isPart && !isDeclared ? new Place.Anywhere() : places.ofMade(mention.name());
    }

    private static boolean isTogether(Place one, Place other) {
        return one instanceof Place.Anywhere
                || other instanceof Place.Anywhere
                || one.equals(other)
                || !(one instanceof Place.OneShard || other instanceof Place.OneShard);
    }

    /// A declared table is known by its name, so it keeps it, and no other gets it.
    private Optional<Plan> renamed(OfRelations relations) {
        for (Mention mention : relations.mentions()) {
            if (mention.role() == Role.RENAMED) {
                ObjectName before =
                        places.finder().existing(relations.mentions().getFirst().name());
                ObjectName after =
                        new ObjectName(schemaOf(mention, before), mention.name().getLast());
                boolean isDeclared = topology.isDeclared(before) || topology.isDeclared(after);
                boolean isMoved = !topology.shardOf(before.schema()).equals(topology.shardOf(after.schema()));
                if (isDeclared || isMoved) {
                    return Optional.of(Refusals.of(
                            before + " cannot be renamed to " + after + ": where a table is depends on its name",
                            "Change the configuration of pgbraid first."));
                }
            }
        }
        return Optional.empty();
    }

    private static String schemaOf(Mention renamed, ObjectName before) {
        int parts = renamed.name().size();
        return parts == 1 ? before.schema() : renamed.name().get(parts - 2);
    }

    /// Another key would be on other shards.
    private Optional<Plan> keyColumns(OfRelations relations) {
        for (Place place : relations.columns().isEmpty() ? List.<Place>of() : subjects(relations)) {
            if (place instanceof Place.Sharded(Optional<ObjectName> _, List<String> key)) {
                Optional<String> changed =
                        relations.columns().stream().filter(key::contains).findFirst();
                if (changed.isPresent()) {
                    return Optional.of(Refusals.of(
                            "column " + changed.get() + " cannot be changed: the rows are sharded by it",
                            "Create another table and move the rows to it."));
                }
            }
        }
        return Optional.empty();
    }

    /// Whether the relations that a definition needs are on every shard where the others are.
    private Optional<Plan> used(OfRelations relations, Place subject) {
        for (Mention mention : relations.mentions()) {
            if (mention.role() == Role.USED && !isThere(places.of(mention.name()), subject)) {
                return Optional.of(Refusals.of(
                        relations.command() + " refers to " + String.join(".", mention.name())
                                + ", whose rows are not where those that refer to it are",
                        "Refer to a table that is on the same shard, colocated, or declared as a reference table."));
            }
        }
        return Optional.empty();
    }

    private static boolean isThere(Place used, Place subject) {
        return switch (used) {
            case Place.Anywhere _, Place.Copies _ -> true;
            case Place.Unknown _ -> false;
            case Place.OneShard _ -> used.equals(subject);
            case Place.Sharded(Optional<ObjectName> leader, List<String> _) ->
                subject instanceof Place.Sharded(Optional<ObjectName> other, List<String> _)
                        && (leader.isEmpty() || other.isEmpty() || leader.equals(other));
        };
    }

    /// Rows that are copied are read or changed as by other statements.
    private Optional<Plan> withCode(OfRelations relations) {
        boolean isIn = relations.treatment() == Treatment.ROWS_IN;
        if (!isIn && relations.treatment() != Treatment.ROWS_OUT) {
            return Optional.empty();
        }
        return relations.mentions().stream()
                .map(mention -> places.finder().existing(mention.name()))
                .map(isIn ? code::changing : code::reading)
                .flatMap(Optional::stream)
                .findFirst()
                .map(problem -> Refusals.of(problem, CodeCheck.HINT));
    }

    private Plan treated(OfRelations relations, Place place) {
        boolean isRead = relations.treatment() == Treatment.ROWS_OUT;
        if (place instanceof Place.OneShard(ShardId shard)) {
            return new Plan.OnShard(shard, isRead ? Access.READ : Access.WRITE);
        }
        return switch (relations.treatment()) {
            case EVERYWHERE, SEQUENCE -> new Plan.Everywhere(topology.allShards());
            case ROWS_IN -> refusedUnlessAnywhere(place, Refusals.rowsIn(relations.command()));
            case ROWS_OUT ->
                place instanceof Place.Copies
                        ? new Plan.OnAnyShard()
                        : refusedUnlessAnywhere(place, Refusals.rowsOut(relations.command()));
            case LOCK -> refusedUnlessAnywhere(place, Refusals.lock(relations.command()));
            case RULE -> refusedUnlessAnywhere(place, Refusals.rule(relations.command()));
        };
    }

    /// What no shard has of its own is at home.
    private Plan refusedUnlessAnywhere(Place place, Plan.Refused refusal) {
        return place instanceof Place.Anywhere ? new Plan.OnShard(topology.home(), Access.WRITE) : refusal;
    }
}
