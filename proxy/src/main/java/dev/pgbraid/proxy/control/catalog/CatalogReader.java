package dev.pgbraid.proxy.control.catalog;

import dev.pgbraid.proxy.control.shard.Row;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import dev.pgbraid.router.catalog.AttachedCode;
import dev.pgbraid.router.catalog.Column;
import dev.pgbraid.router.catalog.ColumnDefault;
import dev.pgbraid.router.catalog.DataType;
import dev.pgbraid.router.catalog.ForeignKey;
import dev.pgbraid.router.catalog.Function;
import dev.pgbraid.router.catalog.ImplicitCast;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Operator;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.UniqueIndex;
import dev.pgbraid.router.catalog.Volatility;
import dev.pgbraid.router.key.KeyCollation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Reads the catalog of one shard, all of it in the state of one transaction.
final class CatalogReader {
    /// The locales of the operating system whose order is that of the bytes.
    private static final Pattern BYTEWISE = Pattern.compile("C|POSIX|C\\.(UTF-8|utf8|UTF8)");

    private static final String DEFAULT_COLLATION = "default";

    private final ShardTransaction transaction;
    private final boolean isBuiltIn;
    private final ServerFacts server;
    private final Map<ObjectName, List<Column>> columns = new HashMap<>();
    private final Map<ObjectName, Map<String, String>> written = new HashMap<>();
    private final Map<ObjectName, Map<String, List<ObjectName>>> sequences = new HashMap<>();
    private final Map<ObjectName, List<UniqueIndex>> uniqueIndexes = new HashMap<>();
    private final Map<ObjectName, List<ForeignKey>> foreignKeys = new HashMap<>();

    private CatalogReader(ShardTransaction transaction, ServerFacts server, boolean isBuiltIn) {
        this.transaction = transaction;
        this.server = server;
        this.isBuiltIn = isBuiltIn;
    }

    /// What changes whenever the rest does.
    static String fingerprint(ShardTransaction transaction) throws ShardFailure {
        return transaction.row(CatalogQueries.FINGERPRINT, row -> row.text("fingerprint"));
    }

    static ServerFacts server(ShardTransaction transaction) throws ShardFailure {
        return transaction.row(
                CatalogQueries.SERVER,
                row -> new ServerFacts(
                        row.number("version"),
                        row.text("encoding"),
                        row.text("collation"),
                        row.text("collation_version"),
                        isBytewise(row.text("collation").substring(2))));
    }

    /// PostgreSQL's own objects.
    static ShardCatalog builtIn(ShardTransaction transaction, ServerFacts server) throws ShardFailure {
        return new CatalogReader(transaction, server, true).read();
    }

    /// The objects of users.
    static ShardCatalog ofUsers(ShardTransaction transaction, ServerFacts server) throws ShardFailure {
        return new CatalogReader(transaction, server, false).read();
    }

    private ShardCatalog read() throws ShardFailure {
        transaction.rows(CatalogQueries.COLUMN_SEQUENCES, this::columnSequence, isBuiltIn);
        transaction.rows(CatalogQueries.COLUMNS, this::column, isBuiltIn);
        transaction.rows(CatalogQueries.UNIQUE_INDEXES, this::uniqueIndex, isBuiltIn);
        transaction.rows(CatalogQueries.FOREIGN_KEYS, this::foreignKey, isBuiltIn);
        Set<String> schemas =
                new HashSet<>(transaction.rows(CatalogQueries.SCHEMAS, row -> row.text("schema"), isBuiltIn));
        Map<ObjectName, Relation> relations = new HashMap<>();
        transaction
                .rows(CatalogQueries.RELATIONS, this::relation, isBuiltIn)
                .forEach(relation -> relations.put(relation.name(), relation));
        Map<String, Function> functions = new HashMap<>();
        transaction.rows(
                CatalogQueries.FUNCTIONS,
                row -> functions.put(name(row, "schema", "name") + "(" + row.text("identity") + ")", function(row)),
                isBuiltIn);
        Map<ObjectName, List<String>> labels = new HashMap<>();
        List<DataType> types = transaction.rows(CatalogQueries.TYPES, row -> type(row, labels), isBuiltIn);
        Map<ObjectName, SequenceFacts> steps = new HashMap<>();
        transaction.rows(
                CatalogQueries.SEQUENCES,
                row -> steps.put(
                        name(row, "schema", "name"),
                        new SequenceFacts(row.whole("start"), row.whole("increment"), row.flag("cycles"))),
                isBuiltIn);
        List<Operator> operators = transaction.rows(CatalogQueries.OPERATORS, CatalogReader::operator, isBuiltIn);
        Map<ObjectName, AttachedCode> code = AttachedCodeReader.read(transaction, relations, operators, isBuiltIn);
        List<ImplicitCast> casts = transaction.rows(
                CatalogQueries.CASTS, row -> new ImplicitCast(row.number("source"), row.number("target")), isBuiltIn);
        Map<ObjectName, ObjectName> indexes = new HashMap<>();
        transaction.rows(
                CatalogQueries.INDEXES,
                row -> indexes.put(name(row, "schema", "name"), name(row, "schema", "relation")),
                isBuiltIn);
        return new ShardCatalog(
                schemas, relations, written, functions, types, labels, operators, casts, steps, indexes, code);
    }

    private static ObjectName name(Row row, String schema, String name) throws SQLException {
        return new ObjectName(row.text(schema), row.text(name));
    }

    private boolean columnSequence(Row row) throws SQLException {
        return sequences
                .computeIfAbsent(name(row, "schema", "relation"), _ -> new HashMap<>())
                .computeIfAbsent(row.text("name"), _ -> new ArrayList<>())
                .add(name(row, "sequence_schema", "sequence"));
    }

    private boolean column(Row row) throws SQLException {
        ObjectName relation = name(row, "schema", "relation");
        Optional<ColumnDefault> byDefault = defaultValue(row, relation);
        boolean isRequired = row.flag("not_null");
        Column column = new Column(
                row.text("name"), row.number("type"), row.number("modifier"), collation(row), isRequired, byDefault);
        columns.computeIfAbsent(relation, _ -> new ArrayList<>()).add(column);
        StringBuilder text = new StringBuilder(row.text("written"));
        row.optionalText("collation")
                .filter(name -> !name.equals(DEFAULT_COLLATION))
                .ifPresent(name -> text.append(" COLLATE ").append(name));
        row.optionalText("collation_version")
                .ifPresent(version -> text.append(" (version ").append(version).append(')'));
        text.append(isRequired ? " NOT NULL" : "");
        byDefault.ifPresent(
                value -> text.append(' ').append(value.kind()).append(' ').append(value.expression()));
        written.computeIfAbsent(relation, _ -> new LinkedHashMap<>())
                .put(column.name(), text.toString().strip());
        return true;
    }

    private Optional<ColumnDefault> defaultValue(Row row, ObjectName relation) throws SQLException {
        List<ObjectName> taken = sequences.getOrDefault(relation, Map.of()).getOrDefault(row.text("name"), List.of());
        String identity = row.text("identity");
        if (!identity.isEmpty()) {
            ColumnDefault.Kind kind =
                    identity.equals("a") ? ColumnDefault.Kind.IDENTITY_ALWAYS : ColumnDefault.Kind.IDENTITY_BY_DEFAULT;
            return Optional.of(new ColumnDefault(kind, "", Volatility.VOLATILE, taken));
        }
        ColumnDefault.Kind kind =
                row.text("generated").isEmpty() ? ColumnDefault.Kind.DEFAULT : ColumnDefault.Kind.GENERATED;
        Volatility volatility = volatility(row.letter("volatility"));
        return row.optionalText("expression").map(expression -> new ColumnDefault(kind, expression, volatility, taken));
    }

    private KeyCollation collation(Row row) throws SQLException {
        Optional<String> name = row.optionalText("collation");
        if (name.isEmpty()) {
            return KeyCollation.BYTES;
        }
        if (name.get().equals(DEFAULT_COLLATION)) {
            return server.isBytewise() ? KeyCollation.BYTES : KeyCollation.DETERMINISTIC;
        }
        if (!row.flag("deterministic")) {
            return KeyCollation.NONDETERMINISTIC;
        }
        boolean isBytewise =
                row.optionalText("locale").filter(CatalogReader::isBytewise).isPresent()
                        || (row.letter("provider") == 'b' && !name.get().equals("pg_unicode_fast"))
                        || name.get().equals("ucs_basic");
        return isBytewise ? KeyCollation.BYTES : KeyCollation.DETERMINISTIC;
    }

    private static boolean isBytewise(String locale) {
        return BYTEWISE.matcher(locale).matches();
    }

    private boolean uniqueIndex(Row row) throws SQLException {
        return uniqueIndexes
                .computeIfAbsent(name(row, "schema", "relation"), _ -> new ArrayList<>())
                .add(new UniqueIndex(row.text("name"), row.texts("columns"), row.flag("is_primary")));
    }

    private boolean foreignKey(Row row) throws SQLException {
        return foreignKeys
                .computeIfAbsent(name(row, "schema", "relation"), _ -> new ArrayList<>())
                .add(new ForeignKey(
                        row.text("name"),
                        row.texts("columns"),
                        name(row, "target_schema", "target"),
                        row.texts("target_columns")));
    }

    private Relation relation(Row row) throws SQLException {
        ObjectName name = name(row, "schema", "name");
        List<String> parentSchemas = row.texts("parent_schemas");
        List<String> parentNames = row.texts("parent_names");
        return new Relation(
                name,
                relationKind(row.letter("kind")),
                columns.getOrDefault(name, List.of()),
                IntStream.range(0, parentNames.size())
                        .mapToObj(i -> new ObjectName(parentSchemas.get(i), parentNames.get(i)))
                        .toList(),
                uniqueIndexes.getOrDefault(name, List.of()),
                foreignKeys.getOrDefault(name, List.of()),
                traits(row),
                row.optionalText("definition"),
                Optional.empty());
    }

    private static Relation.Kind relationKind(char letter) {
        return switch (letter) {
            case 'r' -> Relation.Kind.TABLE;
            case 'p' -> Relation.Kind.PARTITIONED_TABLE;
            case 'v' -> Relation.Kind.VIEW;
            case 'm' -> Relation.Kind.MATERIALIZED_VIEW;
            case 'f' -> Relation.Kind.FOREIGN_TABLE;
            case 'S' -> Relation.Kind.SEQUENCE;
            default -> Relation.Kind.COMPOSITE_TYPE;
        };
    }

    private static Set<Relation.Trait> traits(Row row) throws SQLException {
        Set<Relation.Trait> traits = new HashSet<>();
        if (row.flag("row_security")) {
            traits.add(Relation.Trait.ROW_SECURITY);
        }
        if (row.flag("barrier")) {
            traits.add(Relation.Trait.SECURITY_BARRIER);
        }
        return traits;
    }

    private static Function function(Row row) throws SQLException {
        Function.Kind kind = switch (row.letter("kind")) {
            case 'a' -> Function.Kind.AGGREGATE;
            case 'w' -> Function.Kind.WINDOW;
            case 'p' -> Function.Kind.PROCEDURE;
            default -> Function.Kind.FUNCTION;
        };
        return new Function(
                name(row, "schema", "name"),
                kind,
                row.numbers("arguments"),
                row.number("result"),
                row.texts("outputs"),
                row.flag("is_set"),
                volatility(row.letter("volatility")),
                row.text("language"));
    }

    private static Volatility volatility(char letter) {
        return switch (letter) {
            case 'i' -> Volatility.IMMUTABLE;
            case 's' -> Volatility.STABLE;
            default -> Volatility.VOLATILE;
        };
    }

    private static DataType type(Row row, Map<ObjectName, List<String>> labels) throws SQLException {
        DataType.Kind kind = switch (row.letter("type")) {
            case 'd' -> DataType.Kind.DOMAIN;
            case 'e' -> DataType.Kind.ENUM;
            case 'c' -> DataType.Kind.COMPOSITE;
            case 'r', 'm' -> DataType.Kind.RANGE;
            case 'p' -> DataType.Kind.PSEUDO;
            default -> row.letter("category") == 'A' ? DataType.Kind.ARRAY : DataType.Kind.BASE;
        };
        ObjectName name = name(row, "schema", "name");
        if (kind == DataType.Kind.ENUM) {
            labels.put(name, row.texts("labels"));
        }
        return new DataType(row.number("oid"), name, kind, row.number("base"), row.number("modifier"));
    }

    private static Operator operator(Row row) throws SQLException {
        return new Operator(
                name(row, "schema", "name"),
                row.number("left"),
                row.number("right"),
                volatility(row.letter("volatility")));
    }
}
