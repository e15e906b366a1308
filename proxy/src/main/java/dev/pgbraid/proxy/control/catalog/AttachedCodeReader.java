package dev.pgbraid.proxy.control.catalog;

import dev.pgbraid.proxy.control.shard.Row;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import dev.pgbraid.router.catalog.AttachedCode;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Operator;
import dev.pgbraid.router.catalog.Relation;
import dev.pgbraid.router.catalog.TriggerBody;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Reads what users have attached to relations, and how far that is understood.
final class AttachedCodeReader {
    private static final int ANCESTORS_MAX = 64;

    private final Map<ObjectName, AttachedCode> code = new HashMap<>();
    private final Set<String> userOperators;

    private AttachedCodeReader(List<Operator> operators) {
        this.userOperators =
                operators.stream().map(operator -> operator.name().name()).collect(Collectors.toSet());
    }

    static Map<ObjectName, AttachedCode> read(
            ShardTransaction transaction,
            Map<ObjectName, Relation> relations,
            List<Operator> operators,
            boolean isBuiltIn)
            throws ShardFailure {
        AttachedCodeReader reader = new AttachedCodeReader(operators);
        transaction.rows(CatalogQueries.TRIGGERS, reader::trigger, isBuiltIn);
        transaction.rows(CatalogQueries.RULES, reader::rule, isBuiltIn);
        // Triggers of a part run when rows of the whole are changed, its policies do not.
        Map.copyOf(reader.code).forEach((part, changes) -> reader.addToAncestors(part, changes, relations));
        transaction.rows(CatalogQueries.POLICIES, reader::policy, isBuiltIn);
        return reader.code;
    }

    private void addToAncestors(ObjectName part, AttachedCode changes, Map<ObjectName, Relation> relations) {
        List<ObjectName> line = new ArrayList<>(List.of(part));
        for (int i = 0; i < line.size() && i < ANCESTORS_MAX; i++) {
            for (ObjectName parent : Optional.ofNullable(relations.get(line.get(i)))
                    .map(Relation::parents)
                    .orElse(List.of())) {
                line.add(parent);
                code.merge(parent, changes, AttachedCode::withChanges);
            }
        }
    }

    private static ObjectName relation(Row row) throws SQLException {
        return new ObjectName(row.text("schema"), row.text("relation"));
    }

    private boolean add(Row row, AttachedCode one) throws SQLException {
        code.merge(relation(row), one, AttachedCode::with);
        return true;
    }

    private boolean trigger(Row row) throws SQLException {
        String name = "trigger \"" + row.text("name") + "\"";
        Optional<Set<String>> assigned = row.flag("built_in") || row.flag("local")
                ? Optional.of(Set.of())
                : row.optionalText("source").flatMap(source -> TriggerBody.assigned(source, userOperators));
        return add(
                row,
                new AttachedCode(
                        List.of(name),
                        Optional.empty(),
                        List.of(),
                        assigned.isEmpty() ? Optional.of(name) : Optional.empty(),
                        assigned.orElse(Set.of())));
    }

    private boolean rule(Row row) throws SQLException {
        String name = "rule \"" + row.text("name") + "\"";
        return add(
                row,
                new AttachedCode(
                        List.of(name),
                        Optional.empty(),
                        List.of(),
                        row.flag("local") ? Optional.empty() : Optional.of(name),
                        Set.of()));
    }

    private boolean policy(Row row) throws SQLException {
        String name = "policy \"" + row.text("name") + "\"";
        List<String> schemas = row.texts("read_schemas");
        List<String> names = row.texts("read_names");
        List<ObjectName> read = IntStream.range(0, names.size())
                .mapToObj(i -> new ObjectName(schemas.get(i), names.get(i)))
                .toList();
        boolean isLocal = row.flag("local");
        return add(
                row,
                new AttachedCode(
                        List.of(name),
                        row.flag("calls") && !isLocal ? Optional.of(name) : Optional.empty(),
                        isLocal ? List.of() : read,
                        Optional.empty(),
                        Set.of()));
    }
}
