package dev.pgbraid.proxy.control.catalog;

import dev.pgbraid.router.catalog.AttachedCode;
import dev.pgbraid.router.catalog.DataType;
import dev.pgbraid.router.catalog.Function;
import dev.pgbraid.router.catalog.ImplicitCast;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Operator;
import dev.pgbraid.router.catalog.Relation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the catalog of one shard says: of PostgreSQL's own objects, or of those of users.
///
/// @param columns each relation's columns as a definition would have them, which can be compared over shards
/// @param functions with their identity: the name and the types of the arguments in words
/// @param labels the values of enums
/// @param indexes each with its table
/// @param code what runs when rows of some relations are read or changed
public record ShardCatalog(
        Set<String> schemas,
        Map<ObjectName, Relation> relations,
        Map<ObjectName, Map<String, String>> columns,
        Map<String, Function> functions,
        List<DataType> types,
        Map<ObjectName, List<String>> labels,
        List<Operator> operators,
        List<ImplicitCast> casts,
        Map<ObjectName, SequenceFacts> sequences,
        Map<ObjectName, ObjectName> indexes,
        Map<ObjectName, AttachedCode> code) {}
