package dev.pgbraid.router.catalog;

import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.key.KeyType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All that is known of the objects of a database. Built-in functions and types are part of it; the schema `pgbraid`
/// is not.
public final class Catalog {
    private static final int DOMAIN_DEPTH_MAX = 32;
    /// `"char"`, `name`, `text`, `unknown`, `bpchar`, `varchar`, `cstring`, and arrays of them.
    private static final Set<Integer> TEXTS =
            Set.of(18, 19, 25, 705, 1042, 1043, 2275, 1002, 1003, 1009, 1014, 1015, 1263);

    private final Set<String> schemas;
    private final Map<ObjectName, Relation> relations;
    private final Map<ObjectName, List<Function>> functions;
    private final Map<String, List<Operator>> operators;
    private final Map<Integer, DataType> types;
    private final Map<ObjectName, DataType> typesByName = new HashMap<>();
    private final Set<ImplicitCast> implicitCasts;
    private final Set<ObjectName> disjointSequences;
    private final Map<ObjectName, ObjectName> indexes;
    private final Map<ObjectName, AttachedCode> code;

    private Catalog(Builder builder) {
        schemas = Set.copyOf(builder.schemas);
        relations = Map.copyOf(builder.relations);
        functions = copy(builder.functions);
        operators = copy(builder.operators);
        types = Map.copyOf(builder.types);
        types.values().forEach(type -> typesByName.put(type.name(), type));
        implicitCasts = Set.copyOf(builder.implicitCasts);
        disjointSequences = Set.copyOf(builder.disjointSequences);
        indexes = Map.copyOf(builder.indexes);
        code = Map.copyOf(builder.code);
    }

    private static <K, V> Map<K, List<V>> copy(Map<K, List<V>> lists) {
        Map<K, List<V>> copies = new HashMap<>();
        lists.forEach((key, list) -> copies.put(key, List.copyOf(list)));
        return Map.copyOf(copies);
    }

    public static Builder builder() {
        return new Builder();
    }

    public boolean hasSchema(String schema) {
        return schemas.contains(schema);
    }

    public Collection<Relation> relations() {
        return relations.values();
    }

    public Optional<Relation> relation(ObjectName name) {
        return Optional.ofNullable(relations.get(name));
    }

    /// The functions of that name in one schema.
    public List<Function> functions(ObjectName name) {
        return functions.getOrDefault(name, List.of());
    }

    /// The functions that a name without a schema can mean. The types of its arguments decide among them.
    public List<Function> functions(String name, SearchPath path) {
        List<Function> found = new ArrayList<>();
        for (String schema : path.schemas()) {
            found.addAll(functions(new ObjectName(schema, name)));
        }
        return found;
    }

    /// The operators of users with that name, in all schemas.
    public List<Operator> operators(String name) {
        return operators.getOrDefault(name, List.of());
    }

    /// All functions that PostgreSQL did not bring along.
    public List<Function> userFunctions() {
        return functions.values().stream()
                .flatMap(List::stream)
                .filter(function -> !function.name().isBuiltIn())
                .toList();
    }

    /// The names of the operators of users.
    public Set<String> userOperators() {
        return operators.keySet();
    }

    public Optional<DataType> type(int oid) {
        return Optional.ofNullable(types.get(oid));
    }

    public Optional<DataType> type(ObjectName name) {
        return Optional.ofNullable(typesByName.get(name));
    }

    /// Whether values of a type may be texts, which can be converted to any other type.
    public boolean mayBeText(int oid) {
        int at = oid;
        DataType type = types.get(at);
        for (int depth = 0; depth < DOMAIN_DEPTH_MAX && type != null && type.kind() == DataType.Kind.DOMAIN; depth++) {
            at = type.base();
            type = types.get(at);
        }
        if (type != null && !type.isBuiltIn()) {
            return type.kind() != DataType.Kind.ENUM;
        }
        return TEXTS.contains(at) || (type != null && type.kind() == DataType.Kind.PSEUDO);
    }

    /// The conversions of users that are made without being asked for.
    public Set<ImplicitCast> implicitCasts() {
        return implicitCasts;
    }

    /// Whether no two shards take the same number from a sequence.
    public boolean isDisjoint(ObjectName sequence) {
        return disjointSequences.contains(sequence);
    }

    /// The table or materialized view that an index is of.
    public Optional<ObjectName> tableOfIndex(ObjectName index) {
        return Optional.ofNullable(indexes.get(index));
    }

    /// What runs when rows of a relation are read or changed.
    public AttachedCode code(ObjectName relation) {
        return code.getOrDefault(relation, AttachedCode.NONE);
    }

    public boolean hasDisjointSequences() {
        return !disjointSequences.isEmpty();
    }

    /// A column as a key, if its type can be one. The collation is checked elsewhere.
    public Optional<KeyColumn> keyColumn(Column column) {
        DataType type = types.get(column.type());
        int oid = column.type();
        int typeModifier = column.typeModifier();
        for (int depth = 0; depth < DOMAIN_DEPTH_MAX && type != null && type.kind() == DataType.Kind.DOMAIN; depth++) {
            oid = type.base();
            typeModifier = type.baseTypeModifier() < 0 ? typeModifier : type.baseTypeModifier();
            type = types.get(oid);
        }
        int modifier = typeModifier;
        return KeyType.ofOid(oid).map(keyType -> new KeyColumn(column.name(), keyType, modifier, column.collation()));
    }

    /// Gathers what was read of a database.
    public static final class Builder {
        private final Set<String> schemas = new HashSet<>();
        private final Map<ObjectName, Relation> relations = new HashMap<>();
        private final Map<ObjectName, List<Function>> functions = new HashMap<>();
        private final Map<String, List<Operator>> operators = new HashMap<>();
        private final Map<Integer, DataType> types = new HashMap<>();
        private final Set<ImplicitCast> implicitCasts = new HashSet<>();
        private final Set<ObjectName> disjointSequences = new HashSet<>();
        private final Map<ObjectName, ObjectName> indexes = new HashMap<>();
        private final Map<ObjectName, AttachedCode> code = new HashMap<>();

        private Builder() {
            schemas.add(ObjectName.CATALOG_SCHEMA);
        }

        public Builder schema(String schema) {
            schemas.add(schema);
            return this;
        }

        public Builder relation(Relation relation) {
            relations.put(relation.name(), relation);
            return this;
        }

        public Builder function(Function function) {
            functions.computeIfAbsent(function.name(), _ -> new ArrayList<>()).add(function);
            return this;
        }

        /// An operator that is not in `pg_catalog`.
        public Builder operator(Operator operator) {
            operators
                    .computeIfAbsent(operator.name().name(), _ -> new ArrayList<>())
                    .add(operator);
            return this;
        }

        public Builder type(DataType type) {
            types.put(type.oid(), type);
            return this;
        }

        /// A conversion that PostgreSQL did not bring along.
        public Builder implicitCast(ImplicitCast cast) {
            implicitCasts.add(cast);
            return this;
        }

        /// A sequence that was set up so that no two shards take the same number from it.
        public Builder disjointSequence(ObjectName sequence) {
            disjointSequences.add(sequence);
            return this;
        }

        /// An index of any kind, those of constraints among them.
        public Builder index(ObjectName index, ObjectName table) {
            indexes.put(index, table);
            return this;
        }

        /// What runs when rows of a relation are read or changed.
        public Builder code(ObjectName relation, AttachedCode attached) {
            code.put(relation, attached);
            return this;
        }

        public Catalog build() {
            return new Catalog(this);
        }
    }
}
